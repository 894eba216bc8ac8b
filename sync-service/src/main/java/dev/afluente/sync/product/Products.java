package dev.afluente.sync.product;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.account.MovedAwayException;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.LostLeaseException;
import dev.afluente.sync.run.RunAccounts;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.SourceFailure;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Reads an account's further products one after the other, and keeps what came of each. */
@ApplicationScoped
public class Products {
    private static final Logger LOG = Logger.getLogger(Products.class);

    private final List<AccountProduct> products;
    private final RunAccounts results;
    private final Ledger ledger;

    @Inject
    public Products(@All List<AccountProduct> products, RunAccounts results, Ledger ledger) {
        this.products = products;
        this.results = results;
        this.ledger = ledger;
    }

    /** Returns why one of them could not be read; null when all were, or there are none. */
    public Uni<SourceFailure> read(LeasedRun run, LedgerAccount account) {
        return Multi.createFrom()
                .iterable(products)
                .select()
                .where(product -> product.concerns(run, account))
                .onItem()
                .transformToUniAndConcatenate(product -> read(run, account, product))
                .collect()
                .asList()
                .map(outcomes -> outcomes.stream()
                        .map(Outcome::failure)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private Uni<Outcome> read(LeasedRun run, LedgerAccount account, AccountProduct product) {
        return product.read(run, account)
                .map(tally -> new Outcome(tally, null))
                .onFailure(
                        failure -> !(failure instanceof LostLeaseException) && !(failure instanceof MovedAwayException))
                .recoverWithItem(failure -> new Outcome(Tally.NOTHING, reason(run, product, failure)))
                .call(outcome -> ledger.ofTenant(
                        run.tenantId(),
                        connection -> results.add(
                                connection, run, account.id(), product.name(), outcome.tally, outcome.reason())));
    }

    /** What fails on our side is this product's failure too: the accounts behind it are read all the same. */
    private static SourceFailure reason(LeasedRun run, AccountProduct product, Throwable failure) {
        if (failure instanceof SourceFailure known) {
            return known;
        }
        LOG.warnf(
                "Run %s: %s failed: %s",
                run.id(), product.name(), failure.getClass().getName());
        return new SourceFailure.Rejected("internal_error");
    }

    private record Outcome(Tally tally, SourceFailure failure) {
        String reason() {
            if (failure != null) {
                return failure.reason();
            }
            return tally.setAside() > 0 ? RunAccounts.ROWS_SET_ASIDE : null;
        }
    }
}
