package dev.afluente.webhooks.health;

import dev.afluente.webhooks.intake.stream.StreamState;
import dev.afluente.webhooks.intake.stream.StreamWatch;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Kafka can take records. Reads what the watch saw last; never asks, never waits. Liveness depends on nothing. */
@Readiness
@Singleton
public class StreamReadiness implements AsyncHealthCheck {

    private final StreamWatch watch;

    StreamReadiness(StreamWatch watch) {
        this.watch = watch;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        StreamState state = watch.state();
        return Uni.createFrom()
                .item(HealthCheckResponse.named("stream")
                        .status(state == StreamState.READY)
                        .withData("state", state.key())
                        .build());
    }
}
