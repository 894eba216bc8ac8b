package dev.afluente.sync.replay;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event of the inbox as operators see it: everything but its body, which may name people.
 *
 * @param id ours; {@code eventId} is the sender's, or the record's place in its topic when it had none
 * @param provider who told it; {@code afluente} when it came from connection-service
 * @param linkId the provider's link it speaks of
 * @param reason a stable code, when it is dead
 * @param bytes the body's size
 * @param runId the run that answers or answered it
 * @param replays how often it was replayed; when last, and by whom
 */
public record ReceivedEvent(
        UUID id,
        String eventId,
        String provider,
        @Schema(nullable = true) String linkId,
        String kind,

        @Schema(enumeration = {"WAITING", "QUEUED", "RETRIED", "PROCESSED", "IGNORED", "DEAD"})
        String state,

        @Schema(nullable = true) String reason,
        Instant receivedAt,
        long bytes,
        @Schema(nullable = true) UUID runId,
        int replays,
        @Schema(nullable = true) Instant replayedAt,
        @Schema(nullable = true) String replayedBy) {

    /** A queued event whose run did not succeed at once and is tried again. */
    static final String RETRIED = "i.state = 'QUEUED' AND (r.attempt > 1 OR r.reason IS NOT NULL)";

    static final String SELECT = """
            SELECT i.id, i.event_id, i.provider, i.link_id, i.kind, i.reason, i.received_at, octet_length(i.data) AS bytes,
                i.run_id, i.replays, i.replayed_at, i.replayed_by,
                CASE WHEN %s THEN 'RETRIED' ELSE i.state END AS shown_state
            FROM inbox i LEFT JOIN sync_run r ON r.tenant_id = i.tenant_id AND r.id = i.run_id
            WHERE\s""".formatted(RETRIED);

    static ReceivedEvent of(Row row) {
        return new ReceivedEvent(
                row.getUUID("id"),
                row.getString("event_id"),
                row.getString("provider"),
                row.getString("link_id"),
                row.getString("kind"),
                row.getString("shown_state"),
                row.getString("reason"),
                instant(row, "received_at"),
                row.getInteger("bytes"),
                row.getUUID("run_id"),
                row.getInteger("replays"),
                instant(row, "replayed_at"),
                row.getString("replayed_by"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
