package dev.afluente.sync.category;

import dev.afluente.model.database.Migrations;
import dev.afluente.model.outage.Outage;
import dev.afluente.sync.source.category.CategorySource;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Keeps the providers' trees up to date: at the first start, then daily. Every instance looks once a minute; one of them
 * asks, because the date is moved before it does. A provider that does not answer is asked again after {@link
 * ProviderTrees#PATIENCE}. No thread waits, and no transaction is open meanwhile.
 */
@ApplicationScoped
public class TreeRounds {
    private static final Logger LOG = Logger.getLogger(TreeRounds.class);
    private static final int TICK_MS = 1_000;
    private static final int TICKS_BETWEEN_LOOKS = 60;

    private final Vertx vertx;
    private final Migrations migrations;
    private final ProviderTrees trees;
    private final List<CategorySource> sources;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Outage outage = new Outage(LOG, "Categories are not brought up to date");
    private final AtomicInteger idleTicks = new AtomicInteger(TICKS_BETWEEN_LOOKS);

    @Inject
    public TreeRounds(Vertx vertx, Migrations migrations, ProviderTrees trees, @All List<CategorySource> sources) {
        this.vertx = vertx;
        this.migrations = migrations;
        this.trees = trees;
        this.sources = sources;
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(TICK_MS, timer -> tick());
    }

    private void tick() {
        // Before the schema stands no look counts: the first one follows it at once.
        if (!migrations.done()
                || idleTicks.incrementAndGet() < TICKS_BETWEEN_LOOKS
                || !looking.compareAndSet(false, true)) {
            return;
        }
        idleTicks.set(0);
        look().onTermination().invoke(() -> looking.set(false)).subscribe().with(done -> outage.over(), outage::failed);
    }

    /** Asks every provider whose day has come. */
    Uni<Void> look() {
        return Multi.createFrom()
                .iterable(sources)
                .onItem()
                .transformToUniAndConcatenate(source -> trees.claim(source.provider())
                        .chain(ours -> ours ? ask(source) : Uni.createFrom().voidItem()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> ask(CategorySource source) {
        return source.categories().chain(found -> trees.store(source.provider(), found));
    }
}
