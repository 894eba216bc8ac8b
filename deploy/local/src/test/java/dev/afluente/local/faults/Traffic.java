package dev.afluente.local.faults;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that keep coming at their pace, however long the answers take. Also measures how late a timer is that does nothing
 * else: so much of an answer's time is the machine's doing.
 */
public final class Traffic implements AutoCloseable {
    private static final int TICK_MILLIS = 10;

    private final HttpClient client;
    private final Random random;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final List<ScheduledFuture<?>> senders = new ArrayList<>();
    private final Queue<CompletableFuture<Void>> open = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicLong latest = new AtomicLong();
    private long ticked = System.nanoTime();

    /** @param client shared, so that its connections are warm */
    public Traffic(HttpClient client, Random random) {
        this.client = client;
        this.random = random;
    }

    public Traffic of(List<Errand> errands) {
        senders.add(clock.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS));
        for (Errand errand : errands) {
            senders.add(clock.scheduleAtFixedRate(
                    () -> send(errand), 0, errand.pace().toMillis(), TimeUnit.MILLISECONDS));
        }
        return this;
    }

    private void tick() {
        long now = System.nanoTime();
        latest.accumulateAndGet(now - ticked - TICK_MILLIS * 1_000_000L, Math::max);
        ticked = now;
    }

    private void send(Errand errand) {
        String id = uuid().toString();
        HttpRequest request = errand.request().apply(id);
        long began = System.nanoTime();
        open.add(client.sendAsync(request, BodyHandlers.discarding())
                .handle((response, failure) -> failure == null ? response.statusCode() : 0)
                .thenAccept(status ->
                        answers.add(new Answer(errand, id, status, Duration.ofNanos(System.nanoTime() - began)))));
    }

    private synchronized UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Sends nothing more, and returns every answer when the last has come. */
    public List<Answer> end() {
        senders.forEach(sender -> sender.cancel(false));
        clock.shutdown();
        CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new)).join();
        return List.copyOf(answers);
    }

    /** How much later than due the idle timer has been at worst. */
    public Duration lateness() {
        return Duration.ofNanos(latest.get());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
