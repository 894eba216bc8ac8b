package dev.afluente.connections.intake;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Not well while a record has held up its channel for longer than {@link #PATIENCE}. Neither readiness, because requests are
 * served without it, nor liveness, because a restart brings no database back.
 */
@Wellness
@Singleton
class IntakeWellness implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Waiting waiting;

    IntakeWellness(Waiting waiting) {
        this.waiting = waiting;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Duration longest = waiting.longest();
        return Uni.createFrom()
                .item(HealthCheckResponse.named("intake")
                        .status(longest.compareTo(PATIENCE) <= 0)
                        .withData("waiting_seconds", longest.toSeconds())
                        .build());
    }
}
