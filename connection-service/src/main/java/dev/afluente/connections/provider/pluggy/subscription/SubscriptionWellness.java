package dev.afluente.connections.provider.pluggy.subscription;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Tells operators whether notifications can come at all. Not a matter of readiness: taking the API out of rotation would
 * bring no notification back.
 */
@Wellness
@Singleton
class SubscriptionWellness implements AsyncHealthCheck {
    private final SubscriptionRounds rounds;

    SubscriptionWellness(SubscriptionRounds rounds) {
        this.rounds = rounds;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        SubscriptionState state = rounds.state();
        return Uni.createFrom()
                .item(HealthCheckResponse.named("webhook at Pluggy")
                        .status(state.isWell())
                        .withData("state", state.name().toLowerCase(Locale.ROOT))
                        .build());
    }
}
