package dev.afluente.sync.installment;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.conclusion.Conclusions;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.outbox.Outbox;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.worker.AccountStep;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * Ties a card's instalments together once its rows are in. Reads the rows that are parts through an index of their own:
 * some hundreds on a busy card. Rows whose tie does not change are not written.
 */
@ApplicationScoped
public class TyingStep implements AccountStep {
    private static final String PARTS = """
            SELECT id, purchase_id, purchase_day, installment_number, installment_total, search_text, amount,
                purchase_total
            FROM transaction
            WHERE tenant_id = $1 AND account_id = $2 AND installment_total > 1 AND installment_number IS NOT NULL
                AND deleted_at IS NULL
            ORDER BY id""";

    private final Conclusions conclusions;
    private final Runs runs;
    private final Ledger ledger;
    private final Outbox outbox;

    @Inject
    public TyingStep(Conclusions conclusions, Runs runs, Ledger ledger, Outbox outbox) {
        this.conclusions = conclusions;
        this.runs = runs;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return "tying";
    }

    @Override
    public Uni<Void> after(LeasedRun run, LedgerAccount account) {
        return account.atSource().isCard()
                ? ledger.ofTenant(run.tenantId(), connection -> tie(connection, run, account))
                        .invoke(outbox::wake)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> tie(SqlConnection connection, LeasedRun run, LedgerAccount account) {
        return connection
                .preparedQuery(PARTS)
                .execute(Tuple.of(run.tenantId(), account.id()))
                .map(rows -> {
                    List<Part> parts = new ArrayList<>(rows.size());
                    rows.forEach(row -> parts.add(part(row)));
                    return Ties.changes(parts);
                })
                .chain(changes -> conclusions.write(connection, run, account, Conclusions.Kind.PURCHASE, changes))
                .chain(() -> runs.count(connection, run, Tally.NOTHING));
    }

    private static Part part(Row row) {
        return new Part(
                row.getUUID("id"),
                row.getUUID("purchase_id"),
                row.getLocalDate("purchase_day"),
                new Part.Numbering(row.getInteger("installment_number"), row.getInteger("installment_total")),
                row.getString("search_text"),
                row.getBigDecimal("amount"),
                row.getBigDecimal("purchase_total"));
    }
}
