package dev.afluente.webhooks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandoverTest {

    private final Queue<Runnable> calls = new ArrayDeque<>();
    private final List<String> arrived = new ArrayList<>();
    private final Handover handover = new Handover(calls::add);

    @Test
    void callsTheLoopOnceForAllThatIsSettledMeanwhile() {
        handover.bring(() -> arrived.add("a"));
        handover.bring(() -> arrived.add("b"));
        handover.bring(() -> arrived.add("c"));
        assertThat(calls).hasSize(1);
        assertThat(arrived).isEmpty();
        calls.remove().run();
        assertThat(arrived).containsExactly("a", "b", "c");
    }

    @Test
    void callsAgainForWhatComesAfterwards() {
        handover.bring(() -> arrived.add("a"));
        calls.remove().run();
        handover.bring(() -> arrived.add("b"));
        assertThat(calls).hasSize(1);
        calls.remove().run();
        assertThat(arrived).containsExactly("a", "b");
    }

    @Test
    void callsAgainForWhatComesWhileTheLoopIsAtIt() {
        handover.bring(() -> handover.bring(() -> arrived.add("meanwhile")));
        calls.remove().run();
        while (!calls.isEmpty()) {
            calls.remove().run();
        }
        assertThat(arrived).containsExactly("meanwhile");
    }

    /** The next comes just when the loop has found nobody left: lost then, it would wait for a call that nobody makes. */
    @Test
    void nobodyIsLeftBehindWhenTheLoopIsJustLeaving() {
        ExecutorService loop = Executors.newSingleThreadExecutor();
        try {
            Handover real = new Handover(loop);
            AtomicInteger went = new AtomicInteger();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            for (int brought = 1; brought <= 100_000; brought++) {
                real.bring(went::incrementAndGet);
                while (went.get() < brought) {
                    if (System.nanoTime() > end) {
                        fail("number %s was left behind", brought);
                    }
                    Thread.onSpinWait();
                }
            }
        } finally {
            loop.shutdownNow();
        }
    }
}
