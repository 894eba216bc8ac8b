package dev.afluente.sync.transfer;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.worker.AccountStep;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Looks for transfers once an account has been read. Where nothing changed, it reads two rows and is done. A look that fails
 * leaves the number it began from, so the next one takes in what it missed.
 */
@ApplicationScoped
public class PairingStep implements AccountStep {
    private final Ledger ledger;
    private final Runs runs;
    private final Pairing pairing;

    @Inject
    public PairingStep(Ledger ledger, Runs runs, Pairing pairing) {
        this.ledger = ledger;
        this.runs = runs;
        this.pairing = pairing;
    }

    @Override
    public String name() {
        return "pairing";
    }

    @Override
    public Uni<Void> after(LeasedRun run, LedgerAccount account) {
        return Multi.createBy()
                .repeating()
                .uni(() -> look(run))
                .whilst(Pairing.Look::more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Pairing.Look> look(LeasedRun run) {
        return ledger.ofTenant(run.tenantId(), connection -> runs.count(connection, run, Tally.NOTHING)
                .chain(() -> pairing.look(connection, run.tenantId(), run.link().userId())));
    }
}
