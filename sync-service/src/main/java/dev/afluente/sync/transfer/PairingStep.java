package dev.afluente.sync.transfer;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.worker.AccountStep;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Looks for transfers once an account has been read. Where nothing changed, it reads two rows and is done. A look that fails
 * leaves the number it began from, so the next one takes in what it missed.
 *
 * <p>One look at a person's rows at a time, whichever connections they came by: who comes second asks again and holds no
 * connection to the database meanwhile. The first look that begins after they came serves all who wait. Not fenced by the run's lease: the hold
 * alone keeps looks apart, what one finds does not depend on who looks, and a long one must not keep leases from being renewed.
 */
@ApplicationScoped
public class PairingStep implements AccountStep {
    private static final int AGAIN_MS = 200;

    /** After this many turns the rows are left to the person's next sync: half a minute. */
    private static final int PATIENCE = 150;

    private final Ledger ledger;
    private final Pairing pairing;
    private final Vertx vertx;

    @Inject
    public PairingStep(Ledger ledger, Pairing pairing, Vertx vertx) {
        this.ledger = ledger;
        this.pairing = pairing;
        this.vertx = vertx;
    }

    @Override
    public String name() {
        return "pairing";
    }

    /** Fails with {@link TimeoutException} when somebody else had the hold all the while. */
    @Override
    public Uni<Void> after(LeasedRun run, LedgerAccount account) {
        String tenant = run.tenantId();
        String user = run.link().userId();
        return ledger.ofTenant(tenant, connection -> pairing.newest(connection, tenant, user))
                .chain(change -> look(tenant, user, change, PATIENCE));
    }

    private Uni<Void> look(String tenant, String user, long change, int turns) {
        return ledger.ofTenant(tenant, connection -> pairing.look(connection, tenant, user, change))
                .chain(look -> switch (look.rest()) {
                    case NOTHING -> Uni.createFrom().voidItem();
                    case MORE -> look(tenant, user, change, PATIENCE);
                    case ALL ->
                        turns == 0
                                ? Uni.createFrom().failure(new TimeoutException())
                                : later().chain(() -> look(tenant, user, change, turns - 1));
                });
    }

    private Uni<Void> later() {
        return Uni.createFrom().emitter(emitter -> vertx.setTimer(AGAIN_MS, timer -> emitter.complete(null)));
    }
}
