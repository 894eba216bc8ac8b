package dev.afluente.sync.intake.channel;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Not well while a channel has been held up for longer than {@link #PATIENCE}. Neither readiness, because the ledger is read
 * without it, nor liveness, because a restart brings no database back.
 */
@Wellness
@Singleton
class ChannelWellness implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Channels channels;

    ChannelWellness(Channels channels) {
        this.channels = channels;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Map<String, Channels.Progress> progress = channels.progress(PATIENCE);
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("intake")
                .status(progress.values().stream().allMatch(Channels.Progress.RUNNING::equals));
        progress.forEach((name, state) -> answer.withData(name, state.name().toLowerCase(Locale.ROOT)));
        return Uni.createFrom().item(answer.build());
    }
}
