package dev.afluente.local.storm;

import dev.afluente.local.stack.WebhookSecret;
import dev.afluente.model.event.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many notifications as Pluggy would deliver them on a bad day: some twice, some never, in no order, each tried nine
 * times at most; now and then one that is genuine and no event. Remembers what the door answered for.
 */
final class Storm {
    private static final int SENDERS = 8;
    private static final int TRIES = 9;
    private static final long PAUSE_MILLIS = 300;
    private static final double TWICE = 0.3;
    private static final double NEVER = 0.05;
    private static final double GARBAGE = 0.01;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI door;
    private final List<Notice> notices = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> kept = ConcurrentHashMap.newKeySet();

    /** @param id under which the inbox has to hold it */
    private record Notice(String id, String body, boolean event) {}

    Storm(URI door, List<String> items, int events, Random random) {
        this.door = door;
        for (int i = 0; i < events; i++) {
            if (random.nextDouble() < NEVER) {
                lost.incrementAndGet();
                continue;
            }
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            String item = items.get(random.nextInt(items.size()));
            String body = "{\"event\":\"item/updated\",\"eventId\":\"%s\",\"itemId\":\"%s\",\"triggeredBy\":\"SYNC\"}"
                    .formatted(id, item);
            Notice notice = random.nextDouble() < GARBAGE ? garbage(body) : new Notice(id, body, true);
            notices.add(notice);
            if (random.nextDouble() < TWICE) {
                notices.add(notice);
            }
        }
        Collections.shuffle(notices, random);
    }

    /** A body that was cut off on its way to whoever signed it. Its dead letter is known by a hash of its bytes. */
    private static Notice garbage(String body) {
        String cut = body.substring(0, body.length() - 1);
        return new Notice(Topics.PLUGGY_WEBHOOKS_DEAD_LETTERS + "/" + hash(cut), cut, false);
    }

    private static String hash(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Delivers all there are; returns when each was taken or given up. */
    void blow() throws InterruptedException {
        ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS);
        CountDownLatch open = new CountDownLatch(notices.size());
        try {
            notices.forEach(notice -> senders.execute(() -> deliver(new Try(notice, 1, senders, open))));
            open.await();
        } finally {
            senders.shutdownNow();
        }
    }

    private record Try(Notice notice, int number, ScheduledExecutorService senders, CountDownLatch open) {
        Try next() {
            return new Try(notice, number + 1, senders, open);
        }
    }

    private void deliver(Try attempt) {
        HttpRequest request = HttpRequest.newBuilder(door)
                .timeout(Duration.ofSeconds(10))
                .header("content-type", "application/json")
                .header("X-Pluggy-Signature", WebhookSecret.signature(attempt.notice.body))
                .POST(HttpRequest.BodyPublishers.ofString(attempt.notice.body))
                .build();
        int status = status(request);
        if (attempt.notice.event ? status / 100 == 2 : status == 400) {
            (attempt.notice.event ? accepted : kept).add(attempt.notice.id);
            sent.incrementAndGet();
            attempt.open.countDown();
        } else if (attempt.number < TRIES) {
            Try next = attempt.next();
            ScheduledFuture<?> unused =
                    attempt.senders.schedule(() -> deliver(next), PAUSE_MILLIS * attempt.number, TimeUnit.MILLISECONDS);
        } else {
            refused.incrementAndGet();
            attempt.open.countDown();
        }
    }

    private int status(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** The ids of the events that the door answered with 2xx, at least once. */
    Set<String> accepted() {
        return accepted;
    }

    /** Under which ids there have to be dead letters of what the door answered with 400, at least once. */
    Set<String> kept() {
        return kept;
    }

    String figures() {
        return "deliveries=%d answered=%d events=%d no_events=%d given_up=%d never_sent=%d"
                .formatted(notices.size(), sent.get(), accepted.size(), kept.size(), refused.get(), lost.get());
    }
}
