package dev.afluente.sync.balance;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.worker.AccountStep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Notes what the provider says an account holds beside what its rows add up to. Only after a complete read, since both
 * must be of one moment, and only when one of them is another than at the last point: an account at rest is not added up.
 */
@ApplicationScoped
public class BalancePoints implements AccountStep {
    private static final String DUE = """
            SELECT a.balance IS NOT NULL AND (p.seq IS NULL OR p.balance <> a.balance OR EXISTS (
                SELECT FROM transaction t WHERE t.tenant_id = $1 AND t.user_id = $2 AND t.change_seq > p.seq
                    AND t.account_id = $3))
            FROM account a LEFT JOIN LATERAL (
                SELECT balance, seq FROM balance_point
                WHERE tenant_id = $1 AND account_id = $3 ORDER BY id DESC LIMIT 1) p ON true
            WHERE a.tenant_id = $1 AND a.id = $3""";

    /** One snapshot: the number of the feed and the rows that it counts. */
    private static final String WRITE = """
            WITH held AS (
                SELECT coalesce(sum(amount) FILTER (WHERE status = 'POSTED'), 0) AS posted,
                    coalesce(sum(amount) FILTER (WHERE status = 'PENDING'), 0) AS pending
                FROM transaction WHERE tenant_id = $1 AND account_id = $3 AND deleted_at IS NULL),
            last AS (
                SELECT balance, posted, pending FROM balance_point
                WHERE tenant_id = $1 AND account_id = $3 ORDER BY id DESC LIMIT 1)
            INSERT INTO balance_point (tenant_id, id, account_id, balance, posted, pending, seq)
            SELECT $1, $4, $3, a.balance, held.posted, held.pending,
                coalesce((SELECT seq FROM feed_head WHERE tenant_id = $1 AND user_id = $2), 0)
            FROM account a CROSS JOIN held LEFT JOIN last ON true
            WHERE a.tenant_id = $1 AND a.id = $3
                AND (a.balance, held.posted, held.pending) IS DISTINCT FROM (last.balance, last.posted, last.pending)""";

    private final Ledger ledger;
    private final Runs runs;

    @Inject
    public BalancePoints(Ledger ledger, Runs runs) {
        this.ledger = ledger;
        this.runs = runs;
    }

    @Override
    public String name() {
        return "balance points";
    }

    @Override
    public Uni<Void> after(LeasedRun run, LedgerAccount account) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> afterCompleteRead(LeasedRun run, LedgerAccount account) {
        return ledger.ofTenant(run.tenantId(), connection -> connection
                .preparedQuery(DUE)
                .execute(Tuple.of(run.tenantId(), run.link().userId(), account.id()))
                .chain(rows -> rows.size() == 1 && rows.iterator().next().getBoolean(0)
                        ? write(connection, run, account)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> write(SqlConnection connection, LeasedRun run, LedgerAccount account) {
        return runs.count(connection, run, Tally.NOTHING)
                .chain(() -> connection
                        .preparedQuery(WRITE)
                        .execute(Tuple.of(
                                run.tenantId(), run.link().userId(), account.id(), UuidCreator.getTimeOrderedEpoch())))
                .replaceWithVoid();
    }
}
