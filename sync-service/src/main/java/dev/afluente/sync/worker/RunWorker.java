package dev.afluente.sync.worker;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.database.Migrations;
import dev.afluente.model.outage.Outage;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Leases runs that are due and works on them, at most {@code afluente.sync.concurrency} at a time, never blocking a
 * thread. Looks when what this instance queued is due, when it has ended a run, and every {@value #LOOK_MS} ms, which is
 * how runs of other instances, retries and runs whose worker died are found.
 */
@ApplicationScoped
public class RunWorker {
    private static final Logger LOG = Logger.getLogger(RunWorker.class);
    private static final int LOOK_MS = 250;
    private static final int RENEW_MS = Runs.LEASE_SECONDS * 1000 / 4;

    private final Vertx vertx;
    private final Migrations migrations;
    private final Runs runs;
    private final RunExecution execution;
    private final int concurrency;

    /** Told apart from a former life of this instance, whose leases must run out. */
    private final UUID owner = UuidCreator.getTimeOrderedEpoch();

    private final Set<UUID> working = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicBoolean unsure = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Outage leasing = new Outage(LOG, "No runs are leased");
    private final Outage renewing = new Outage(LOG, "Leases are not renewed");

    @Inject
    public RunWorker(
            Vertx vertx,
            Migrations migrations,
            Runs runs,
            RunExecution execution,
            @ConfigProperty(name = "afluente.sync.concurrency", defaultValue = "24") int concurrency) {
        this.vertx = vertx;
        this.migrations = migrations;
        this.runs = runs;
        this.execution = execution;
        this.concurrency = concurrency;
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(LOOK_MS, this::look);
        vertx.setPeriodic(RENEW_MS, timer -> renew());
    }

    /** Takes nothing new on; what is under way ends or is taken over when its lease has run out. */
    void stop(@Observes ShutdownEvent stopping) {
        closed.set(true);
    }

    private void look(long timer) {
        if (closed.get()) {
            vertx.cancelTimer(timer);
        }
        look();
    }

    /** Call it when a run has been queued and is committed: what is queued is due when it has gathered, and not before. */
    public void queued() {
        vertx.setTimer(Runs.GATHER_MS, timer -> look());
    }

    /** Looks for runs that are due: now, or once more when the look that is under way has ended. */
    void look() {
        int free = concurrency - working.size();
        if (closed.get() || free <= 0 || !migrations.done()) {
            return;
        }
        if (!looking.compareAndSet(false, true)) {
            again.set(true);
            return;
        }
        untangled()
                .chain(() -> runs.lease(owner, free))
                .invoke(leased -> leased.forEach(this::work))
                .onFailure()
                .invoke(failure -> unsure.set(true))
                .onTermination()
                .invoke(this::looked)
                .subscribe()
                .with(ignored -> leasing.over(), leasing::failed);
    }

    private void looked() {
        looking.set(false);
        if (again.getAndSet(false)) {
            look();
        }
    }

    /** After a failure the ledger may hold leases of ours that we do not know. Nothing is leased meanwhile. */
    private Uni<Void> untangled() {
        return unsure.getAndSet(false)
                ? runs.giveBack(owner, Set.copyOf(working))
                : Uni.createFrom().voidItem();
    }

    private void work(LeasedRun run) {
        working.add(run.id());
        execution
                .execute(run)
                .onTermination()
                .invoke(() -> working.remove(run.id()))
                .subscribe()
                .with(ignored -> look(), failure -> {
                    unsure.set(true);
                    LOG.warnf(
                            "Run %s broke off: %s", run.id(), failure.getClass().getSimpleName());
                });
    }

    private void renew() {
        if (!working.isEmpty()) {
            runs.renew(owner, working).subscribe().with(ignored -> renewing.over(), renewing::failed);
        }
    }
}
