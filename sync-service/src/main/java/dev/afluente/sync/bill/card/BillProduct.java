package dev.afluente.sync.bill.card;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.bill.cycle.Cycle;
import dev.afluente.sync.bill.cycle.Cycles;
import dev.afluente.sync.bill.cycle.ForecastMonth;
import dev.afluente.sync.bill.cycle.Horizon;
import dev.afluente.sync.conclusion.Conclusions;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.outbox.Outbox;
import dev.afluente.sync.product.AccountProduct;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.account.SourceAccount.Credit;
import dev.afluente.sync.source.bill.BillSources;
import dev.afluente.sync.source.bill.SourceBill;
import dev.afluente.sync.source.bill.SourceBills;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A card's bills: reads those that the provider tells of, expects the open one and those to come, and puts every row on
 * its bill, all in one transaction. Bills that did not change are not written, and rows that are where they belong are
 * not either.
 */
@ApplicationScoped
public class BillProduct implements AccountProduct {
    private final BillSources sources;
    private final CardBills bills;
    private final CardRows rows;
    private final Conclusions conclusions;
    private final Runs runs;
    private final Ledger ledger;
    private final Outbox outbox;

    @Inject
    public BillProduct(
            BillSources sources,
            CardBills bills,
            CardRows rows,
            Conclusions conclusions,
            Runs runs,
            Ledger ledger,
            Outbox outbox) {
        this.sources = sources;
        this.bills = bills;
        this.rows = rows;
        this.conclusions = conclusions;
        this.runs = runs;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return "BILLS";
    }

    @Override
    public boolean concerns(LeasedRun run, LedgerAccount account) {
        return account.atSource().isCard() && sources.has(run.link().provider());
    }

    @Override
    public Uni<Tally> read(LeasedRun run, LedgerAccount account) {
        return sources.of(run.link().provider(), run.link().userId())
                .orElseThrow()
                .bills(account.atSource())
                .chain(told -> ledger.ofTenant(run.tenantId(), connection -> keep(connection, run, account, told)))
                .invoke(outbox::wake);
    }

    private Uni<Tally> keep(SqlConnection connection, LeasedRun run, LedgerAccount account, SourceBills told) {
        return bills.setAside(connection, run, account, told.setAside())
                .chain(() -> bills.known(connection, run, account))
                .chain(known -> rows.meaning(connection, run, account, told(known, told.bills()))
                        .chain(meaning -> rows.horizon(connection, run, account)
                                .map(horizon -> plan(account, known, told.bills(), horizon, meaning))
                                .chain(plan -> bills.write(connection, run, account, plan))
                                .call(() -> place(connection, run, account, meaning))))
                .map(tally -> tally.plus(new Tally(0, 0, 0, 0, told.setAside().size())))
                .call(() -> runs.count(connection, run, Tally.NOTHING));
    }

    private Uni<Void> place(SqlConnection connection, LeasedRun run, LedgerAccount account, ForecastMonth meaning) {
        return rows.misplaced(connection, run, account, meaning)
                .chain(places -> conclusions.write(connection, run, account, Conclusions.Kind.BILL, places));
    }

    private static BillPlan plan(
            LedgerAccount account,
            List<KnownBill> known,
            List<SourceBill> told,
            Horizon horizon,
            ForecastMonth meaning) {
        Credit credit = account.atSource().credit();
        Cycle last = told(known, told).values().stream()
                .max(Comparator.comparing(Cycle::due))
                .orElse(null);
        List<Cycle> expected = Cycles.after(
                last,
                credit == null ? null : credit.closingDay(),
                credit == null ? null : credit.dueDay(),
                horizon,
                meaning);
        return BillPlan.of(known, told, expected);
    }

    /** Everything the provider has ever told of, by its ids. */
    private static Map<String, Cycle> told(List<KnownBill> known, List<SourceBill> told) {
        Map<String, Cycle> byId = new HashMap<>();
        known.stream()
                .filter(KnownBill::isTold)
                .forEach(bill -> byId.put(bill.providerId(), new Cycle(null, bill.closes(), bill.due())));
        told.forEach(bill -> byId.put(bill.providerId(), new Cycle(null, bill.closingDay(), bill.dueDay())));
        return byId;
    }
}
