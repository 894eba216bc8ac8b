package dev.afluente.connections.run;

import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.SyncFinished.Counts;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How the last run of a connection ended, as it is stored and shown. */
public record LastRun(
        UUID runId,
        String status,
        @Schema(nullable = true) String reason,
        @Schema(nullable = true) Instant startedAt,
        Instant finishedAt,
        Counts counts) {
    public static LastRun of(SyncFinished run) {
        return new LastRun(run.runId(), run.status(), run.reason(), run.startedAt(), run.finishedAt(), run.counts());
    }
}
