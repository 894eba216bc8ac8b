package dev.afluente.sync.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.afluente.sync.http.Language;
import dev.afluente.sync.run.Tally;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A sync run as clients see it.
 *
 * @param trigger what asked for it: {@code CONNECTED}, {@code WEBHOOK}, {@code MANUAL}, {@code AUTOMATIC}, {@code MFA} or {@code SWEEPER};
 *     may grow
 * @param reason a stable code when it did not simply succeed, or why it waits
 * @param meaning the reason in plain words
 * @param counts rows so far
 * @param accounts per account and product; only where one run is shown
 */
public record RunView(
        UUID id,
        UUID connectionId,
        String trigger,

        @Schema(enumeration = {"WAITING_PROVIDER", "QUEUED", "RUNNING", "SUCCEEDED", "PARTIAL", "FAILED", "NEEDS_USER"})
        String status,

        @Schema(nullable = true) String reason,
        @Schema(nullable = true) String meaning,
        Instant queuedAt,
        @Schema(nullable = true) Instant startedAt,
        @Schema(nullable = true) Instant finishedAt,
        int attempt,
        Tally counts,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<AccountRunView> accounts) {

    /** What the run did with one product of one account: {@code TRANSACTIONS}, {@code BILLS}; may grow. */
    public record AccountRunView(
            UUID accountId,
            String product,

            @Schema(enumeration = {"WAITING", "READING", "SUCCEEDED", "FAILED"})
            String status,

            @Schema(nullable = true) String reason,
            @Schema(nullable = true) String meaning,
            Tally counts) {
        static AccountRunView of(Row row) {
            return new AccountRunView(
                    row.getUUID("account_id"),
                    row.getString("product"),
                    row.getString("status"),
                    row.getString("reason"),
                    null,
                    tally(row));
        }

        private AccountRunView in(Language language) {
            return new AccountRunView(accountId, product, status, reason, Reasons.meaning(reason, language), counts);
        }
    }

    /** What {@link #of} reads. */
    static final String COLUMNS = """
            id, connection_id, trigger, status, reason, queued_at, started_at, finished_at, attempt,
            imported, updated, removed, unchanged, set_aside""";

    static RunView of(Row row) {
        return new RunView(
                row.getUUID("id"),
                row.getUUID("connection_id"),
                row.getString("trigger"),
                row.getString("status"),
                row.getString("reason"),
                null,
                instant(row, "queued_at"),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getInteger("attempt"),
                tally(row),
                null);
    }

    RunView with(List<AccountRunView> perAccount) {
        return new RunView(
                id,
                connectionId,
                trigger,
                status,
                reason,
                meaning,
                queuedAt,
                startedAt,
                finishedAt,
                attempt,
                counts,
                perAccount);
    }

    /** Returns this with what its reasons mean, which is not stored. */
    public RunView in(Language language) {
        return new RunView(
                id,
                connectionId,
                trigger,
                status,
                reason,
                Reasons.meaning(reason, language),
                queuedAt,
                startedAt,
                finishedAt,
                attempt,
                counts,
                accounts == null
                        ? null
                        : accounts.stream().map(each -> each.in(language)).toList());
    }

    private static Tally tally(Row row) {
        return new Tally(
                row.getLong("imported"),
                row.getLong("updated"),
                row.getLong("removed"),
                row.getLong("unchanged"),
                row.getLong("set_aside"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
