package dev.afluente.sync.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** What a run did with each account, product by product. A later attempt adds to what an earlier one did. */
@ApplicationScoped
public class RunAccounts {
    /** The reason of an account that this run left alone: another connection reads it, and it loses nothing by it. */
    public static final String READ_BY_NEWER_CONNECTION = "read_by_newer_connection";

    private static final String ADD = """
            INSERT INTO sync_run_account AS a (tenant_id, run_id, account_id, product, status, reason, imported,
                updated, removed, unchanged, set_aside)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (tenant_id, run_id, account_id, product) DO UPDATE
            SET status = EXCLUDED.status, reason = EXCLUDED.reason, imported = a.imported + EXCLUDED.imported,
                updated = a.updated + EXCLUDED.updated, removed = a.removed + EXCLUDED.removed,
                unchanged = EXCLUDED.unchanged, set_aside = EXCLUDED.set_aside""";

    /** The product that every account has. */
    public static final String TRANSACTIONS = "TRANSACTIONS";

    private final Runs runs;

    @Inject
    public RunAccounts(Runs runs) {
        this.runs = runs;
    }

    /**
     * Adds what came of an account's transactions, in the caller's transaction, and to the run what its pages did not: a
     * page that changes nothing writes nothing.
     *
     * @param reason why they could not be read to the end; null when they were
     */
    public Uni<Void> add(SqlConnection connection, LeasedRun run, UUID account, Tally tally, String reason) {
        return add(connection, run, account, TRANSACTIONS, tally, reason);
    }

    /** Adds what came of one product of an account, as {@link #add(SqlConnection, LeasedRun, UUID, Tally, String)} does. */
    public Uni<Void> add(
            SqlConnection connection, LeasedRun run, UUID account, String product, Tally tally, String reason) {
        Tuple values = Tuple.tuple()
                .addString(run.tenantId())
                .addUUID(run.id())
                .addUUID(account)
                .addString(product)
                .addString(reason == null || reason.equals(READ_BY_NEWER_CONNECTION) ? "SUCCEEDED" : "FAILED")
                .addString(reason)
                .addLong(tally.imported())
                .addLong(tally.updated())
                .addLong(tally.removed())
                .addLong(tally.unchanged())
                .addLong(tally.setAside());
        return runs.count(connection, run, tally.uncounted())
                .chain(() -> connection.preparedQuery(ADD).execute(values))
                .replaceWithVoid();
    }
}
