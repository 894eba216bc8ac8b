package dev.afluente.sync.asked;

import dev.afluente.model.database.Migrations;
import dev.afluente.model.outage.Outage;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.link.Links;
import dev.afluente.sync.outbox.Outbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Releases runs whose provider nobody has spoken of for too long: reading does no harm, and whether there is something
 * to read is asked then. Looks every {@value #LOOK_MS} ms, on every instance; a run is released once.
 */
@ApplicationScoped
public class Overdue {
    private static final Logger LOG = Logger.getLogger(Overdue.class);
    private static final int LOOK_MS = 1_000;

    private static final String OVERDUE = """
            SELECT tenant_id, connection_id, id FROM sync_run
            WHERE status = 'WAITING_PROVIDER' AND waits_until < now() ORDER BY waits_until LIMIT 100""";

    private final Vertx vertx;
    private final Migrations migrations;
    private final Ledger ledger;
    private final Links links;
    private final AskedRuns asked;
    private final Outbox outbox;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Outage outage = new Outage(LOG, "Overdue runs are not released");
    private volatile long timer;

    private record Waiting(String tenantId, UUID connectionId, UUID runId) {}

    @Inject
    public Overdue(Vertx vertx, Migrations migrations, Ledger ledger, Links links, AskedRuns asked, Outbox outbox) {
        this.vertx = vertx;
        this.migrations = migrations;
        this.ledger = ledger;
        this.links = links;
        this.asked = asked;
        this.outbox = outbox;
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(LOOK_MS, each -> look());
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
    }

    private void look() {
        if (!migrations.done() || !looking.compareAndSet(false, true)) {
            return;
        }
        found().onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(this::release)
                .collect()
                .asList()
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(
                        released -> {
                            outage.over();
                            if (!released.isEmpty()) {
                                outbox.wake();
                            }
                        },
                        outage::failed);
    }

    private Uni<List<Waiting>> found() {
        return ledger.ofAll(connection -> connection.preparedQuery(OVERDUE).execute())
                .map(rows -> {
                    List<Waiting> found = new ArrayList<>();
                    rows.forEach(row -> found.add(
                            new Waiting(row.getString("tenant_id"), row.getUUID("connection_id"), row.getUUID("id"))));
                    return found;
                });
    }

    private Uni<Waiting> release(Waiting run) {
        return ledger.ofTenant(run.tenantId(), connection -> links.guardRuns(
                                connection, run.tenantId(), run.connectionId())
                        .chain(() -> asked.release(connection, run.tenantId(), run.connectionId(), run.runId())))
                .replaceWith(run)
                .onFailure()
                // One that cannot be released must not stand before those behind it.
                .invoke(failure -> LOG.warnf(
                        "Run %s is overdue and was not released: %s",
                        run.runId(), failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull();
    }
}
