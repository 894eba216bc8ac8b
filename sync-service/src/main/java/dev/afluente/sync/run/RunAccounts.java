package dev.afluente.sync.run;

import dev.afluente.sync.database.Ledger;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Where a run stands with each account, product by product: waiting, being read, read. Of one account at a time the
 * transactions are being read, and to these {@link Runs#count} adds. A later attempt adds to what an earlier one did.
 * Every method fails with {@link LostLeaseException} when the run is no longer ours.
 */
@ApplicationScoped
public class RunAccounts {
    /** The product that every account has. */
    public static final String TRANSACTIONS = "TRANSACTIONS";

    /** The reason of an account that this run left alone: another connection reads it, and it loses nothing by it. */
    public static final String READ_BY_NEWER_CONNECTION = "read_by_newer_connection";

    /** The reason of an account that was read, while the bank had not given the provider anything new of it. */
    public static final String REFUSED_BY_BANK = "refused_by_bank";

    /** The reason of an account whose rows are all in, while what follows from them is left to the next sync. */
    public static final String CONCLUSIONS_DELAYED = "conclusions_delayed";

    /** The reason of a product some of whose rows could not be read: so many as it counts as set aside. */
    public static final String ROWS_SET_ASIDE = "rows_set_aside";

    /** What may be said of an account that was read to its end. */
    private static final Set<String> HARMLESS = Set.of(READ_BY_NEWER_CONNECTION, ROWS_SET_ASIDE, CONCLUSIONS_DELAYED);

    private static final String EXPECT = """
            INSERT INTO sync_run_account AS a (tenant_id, run_id, account_id, product, status, imported, updated,
                removed, unchanged, set_aside)
            SELECT $1, $2, unnest($3::uuid[]), 'TRANSACTIONS', 'WAITING', 0, 0, 0, 0, 0
            ON CONFLICT (tenant_id, run_id, account_id, product) DO UPDATE
            SET status = 'WAITING', reason = NULL, unchanged = 0, set_aside = 0""";

    private static final String UNREADABLE = """
            INSERT INTO sync_run_account AS a (tenant_id, run_id, account_id, product, status, reason, imported,
                updated, removed, unchanged, set_aside)
            SELECT $1, $2, k.id, 'TRANSACTIONS', 'FAILED', $5, 0, 0, 0, 0, 0 FROM account k
            WHERE k.tenant_id = $1 AND k.connection_id = $3 AND k.provider_id = ANY($4)
            ON CONFLICT (tenant_id, run_id, account_id, product) DO UPDATE
            SET status = 'FAILED', reason = EXCLUDED.reason""";

    private static final String SET = """
            INSERT INTO sync_run_account (tenant_id, run_id, account_id, product, status, reason, imported, updated,
                removed, unchanged, set_aside)
            VALUES ($1, $2, $3, 'TRANSACTIONS', $4, $5, 0, 0, 0, 0, 0)
            ON CONFLICT (tenant_id, run_id, account_id, product) DO UPDATE
            SET status = EXCLUDED.status, reason = EXCLUDED.reason""";

    private static final String ADD = """
            INSERT INTO sync_run_account AS a (tenant_id, run_id, account_id, product, status, reason, imported,
                updated, removed, unchanged, set_aside)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (tenant_id, run_id, account_id, product) DO UPDATE
            SET status = EXCLUDED.status, reason = EXCLUDED.reason, imported = a.imported + EXCLUDED.imported,
                updated = a.updated + EXCLUDED.updated, removed = a.removed + EXCLUDED.removed,
                unchanged = EXCLUDED.unchanged, set_aside = EXCLUDED.set_aside""";

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

    /** Tells that an account's transactions are being read. */
    public Uni<Void> begin(LeasedRun run, UUID account) {
        return fenced(run, connection -> set(connection, run, account, "READING", null));
    }

    /**
     * Tells the end of an account's transactions, in the caller's transaction, and adds what their pages did not count: a
     * page that changes nothing writes nothing.
     *
     * @param reason why they could not be read to the end, or what else is to be said; null when nothing is
     */
    public Uni<Void> end(SqlConnection connection, LeasedRun run, UUID account, Tally tally, String reason) {
        return runs.count(connection, run, tally.uncounted())
                .chain(() -> set(connection, run, account, status(reason), reason));
    }

    /** Adds what came of another product of an account, in the caller's transaction. */
    public Uni<Void> add(
            SqlConnection connection, LeasedRun run, UUID account, String product, Tally tally, String reason) {
        Tuple values = Tuple.tuple()
                .addString(run.tenantId())
                .addUUID(run.id())
                .addUUID(account)
                .addString(product)
                .addString(status(reason))
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

    private static String status(String reason) {
        return reason == null || HARMLESS.contains(reason) ? "SUCCEEDED" : "FAILED";
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
