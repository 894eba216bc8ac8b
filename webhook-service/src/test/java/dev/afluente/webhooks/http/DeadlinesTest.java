package dev.afluente.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final long MILLIS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Deadlines deadlines = new Deadlines(vertx, MILLIS);
    private final List<String> late = new ArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private final class Named extends Deadlines.Entry {
        private final String name;
        private final Runnable then;
        private long waited = -1;

        Named(String name, Runnable then) {
            this.name = name;
            this.then = then;
        }

        @Override
        void late() {
            waited = System.nanoTime() - started;
            late.add(name);
            then.run();
        }
    }

    private Named named(String name) {
        return new Named(name, () -> {});
    }

    /** Begins on the event loop and waits until it is said to be done. */
    private void onLoop(Consumer<Runnable> begin) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(here -> begin.accept(() -> done.complete(null)));
        done.get(20, TimeUnit.SECONDS);
    }

    @Test
    void tellsWhoIsLateInTheOrderInWhichTheyBeganAndNobodyEarly() throws Exception {
        List<Named> joined = new ArrayList<>();
        onLoop(done -> {
            joined.add(named("a"));
            joined.add(named("b"));
            joined.add(new Named("c", done));
            joined.forEach(deadlines::join);
        });
        assertThat(late).containsExactly("a", "b", "c");
        assertThat(joined).allSatisfy(entry -> assertThat(entry.waited).isGreaterThanOrEqualTo(MILLIS * 1_000_000));
    }

    @Test
    void whoHasLeftIsNotLateWhereverItStood() throws Exception {
        onLoop(done -> {
            Named first = named("first");
            Named middle = named("middle");
            Named last = named("last");
            deadlines.join(first);
            deadlines.join(named("a"));
            deadlines.join(middle);
            deadlines.join(named("b"));
            deadlines.join(last);
            deadlines.left(last);
            deadlines.left(first);
            deadlines.left(middle);
            // Told twice by an exchange that is answered when it is late.
            deadlines.left(middle);
            // After the one that left last, or nobody would wait to see whether that one is told.
            deadlines.join(new Named("c", done));
        });
        assertThat(late).containsExactly("a", "b", "c");
    }

    @Test
    void whoComesWhenAllHaveLeftIsLateInItsTurn() throws Exception {
        onLoop(done -> {
            Named gone = named("gone");
            deadlines.join(gone);
            deadlines.left(gone);
            deadlines.join(new Named("a", () -> deadlines.join(new Named("b", done))));
        });
        assertThat(late).containsExactly("a", "b");
    }

    @Test
    void whoJoinsLaterIsTimedWhenTheOldestIsLate() throws Exception {
        onLoop(done -> {
            deadlines.join(named("a"));
            vertx.setTimer(MILLIS / 2, halfway -> deadlines.join(new Named("b", done)));
        });
        assertThat(late).containsExactly("a", "b");
    }
}
