package dev.afluente.connections.secret.start;

import dev.afluente.connections.secret.envelope.KeyWrapper;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when secrets can be sealed and opened. Much is served without them: where all instances share one Vault,
 * {@code afluente.readiness.secrets=false} keeps an outage of Vault from becoming one of the API.
 */
@Readiness
@Singleton
class SecretsReadiness implements AsyncHealthCheck {
    private static final String NAME = "Secrets";

    private final KeyWrapper keys;
    private final boolean asked;

    SecretsReadiness(
            KeyWrapper keys,
            @ConfigProperty(name = "afluente.readiness.secrets", defaultValue = "true") boolean asked) {
        this.keys = keys;
        this.asked = asked;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!asked) {
            return Uni.createFrom().item(HealthCheckResponse.up(NAME));
        }
        return keys.check()
                .map(usable -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.down(NAME));
    }
}
