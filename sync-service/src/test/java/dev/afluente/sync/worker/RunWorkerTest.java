package dev.afluente.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.model.database.Migrations;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the worker looks, apart from its periodic look, which is never started here. */
class RunWorkerTest {
    private final Vertx vertx = Vertx.vertx();
    private final Migrations migrations = new Migrations(vertx, null);
    private final SlowLooks runs = new SlowLooks();
    private final RunWorker worker = new RunWorker(vertx, migrations, runs, null, 1);

    @BeforeEach
    void schemaStands() {
        migrations.start(false, () -> {});
        await().until(migrations::done);
    }

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void looksWhenWhatWasQueuedIsDueAndNotBefore() {
        long queued = System.nanoTime();

        worker.queued();

        await().until(() -> runs.began.size() == 1);
        assertThat(runs.began.peek() - queued).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(Runs.GATHER_MS));
    }

    @Test
    void looksOnceMoreForWhatBecameDueDuringALook() {
        worker.look();
        worker.look();
        worker.look();
        assertThat(runs.began).hasSize(1);

        runs.underWay.remove().complete(List.of());

        assertThat(runs.began).hasSize(2);
        runs.underWay.remove().complete(List.of());
        assertThat(runs.began).hasSize(2);
    }

    /** Looks that end when the test says so. */
    private static final class SlowLooks extends Runs {
        private final Queue<Long> began = new ConcurrentLinkedQueue<>();
        private final Queue<UniEmitter<? super List<LeasedRun>>> underWay = new ConcurrentLinkedQueue<>();

        SlowLooks() {
            super(null);
        }

        @Override
        public Uni<List<LeasedRun>> lease(UUID owner, int limit) {
            return Uni.createFrom().emitter(emitter -> {
                began.add(System.nanoTime());
                underWay.add(emitter);
            });
        }
    }
}
