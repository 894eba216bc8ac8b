package dev.afluente.sync.run;

import dev.afluente.sync.database.Ledger;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Where a run stands with each account: waiting, being read, read. At most one is being read, and to that one {@link
 * Runs#count} adds. A later attempt adds to what an earlier one did. Every method fails with {@link LostLeaseException}
 * when the run is no longer ours.
 */
@ApplicationScoped
public class RunAccounts {
    private static final String EXPECT = """
            INSERT INTO sync_run_account AS a (tenant_id, run_id, account_id, status, imported, updated, removed,
                unchanged, set_aside)
            SELECT $1, $2, unnest($3::uuid[]), 'WAITING', 0, 0, 0, 0, 0
            ON CONFLICT (tenant_id, run_id, account_id) DO UPDATE
            SET status = 'WAITING', reason = NULL, unchanged = 0, set_aside = 0""";

    private static final String UNREADABLE = """
            INSERT INTO sync_run_account AS a (tenant_id, run_id, account_id, status, reason, imported, updated,
                removed, unchanged, set_aside)
            SELECT $1, $2, k.id, 'FAILED', $5, 0, 0, 0, 0, 0 FROM account k
            WHERE k.tenant_id = $1 AND k.connection_id = $3 AND k.provider_id = ANY($4)
            ON CONFLICT (tenant_id, run_id, account_id) DO UPDATE SET status = 'FAILED', reason = EXCLUDED.reason""";

    private static final String SET =
            "UPDATE sync_run_account SET status = $4, reason = $5 WHERE tenant_id = $1 AND run_id = $2 AND account_id = $3";

    private final Runs runs;
    private final Ledger ledger;

    @Inject
    public RunAccounts(Runs runs, Ledger ledger) {
        this.runs = runs;
        this.ledger = ledger;
    }

    /**
     * Names what an attempt is going to read, and what it cannot.
     *
     * @param unreadable provider ids of accounts that came in a form nobody can read; those the ledger knows are told
     * @param reason why they could not be read
     */
    public Uni<Void> expect(LeasedRun run, List<UUID> accounts, List<String> unreadable, String reason) {
        return fenced(run, connection -> connection
                .preparedQuery(EXPECT)
                .execute(Tuple.of(run.tenantId(), run.id(), accounts.toArray(UUID[]::new)))
                .chain(() -> unreadable.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery(UNREADABLE)
                                .execute(Tuple.of(
                                        run.tenantId(),
                                        run.id(),
                                        run.link().connectionId(),
                                        unreadable.toArray(String[]::new),
                                        reason))
                                .replaceWithVoid()));
    }

    /** Tells that an account is being read. */
    public Uni<Void> begin(LeasedRun run, UUID account) {
        return fenced(run, connection -> set(connection, run, account, "READING", null));
    }

    /**
     * Tells an account's end, in the caller's transaction.
     *
     * @param reason why it could not be read to the end; null when it was
     */
    public Uni<Void> end(SqlConnection connection, LeasedRun run, UUID account, String reason) {
        return runs.count(connection, run, Tally.NOTHING)
                .chain(() -> set(connection, run, account, reason == null ? "SUCCEEDED" : "FAILED", reason));
    }

    private Uni<Void> fenced(LeasedRun run, Function<SqlConnection, Uni<Void>> work) {
        return ledger.ofTenant(run.tenantId(), connection -> runs.count(connection, run, Tally.NOTHING)
                .chain(() -> work.apply(connection)));
    }

    private static Uni<Void> set(SqlConnection connection, LeasedRun run, UUID account, String status, String reason) {
        return connection
                .preparedQuery(SET)
                .execute(Tuple.of(run.tenantId(), run.id(), account, status, reason))
                .replaceWithVoid();
    }
}
