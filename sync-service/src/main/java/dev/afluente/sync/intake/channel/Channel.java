package dev.afluente.sync.intake.channel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What holds one channel up, and since when. Times are those of {@link System#nanoTime}. For any thread. */
final class Channel {
    /** Work that was refused and is being tried again, with the time of its first refusal. */
    private final Map<Object, Long> refused = new ConcurrentHashMap<>();

    /** When each consumer of this channel last asked Kafka for records. */
    private final Map<Object, Long> polls = new ConcurrentHashMap<>();

    void refused(Object work, long now) {
        refused.putIfAbsent(work, now);
    }

    /** The work has ended, or is given up for other work. */
    void over(Object work) {
        refused.remove(work);
    }

    /** A consumer that has not polled yet counts from here on. */
    void expect(Object consumer, long now) {
        polls.putIfAbsent(consumer, now);
    }

    void polled(Object consumer, long at) {
        polls.put(consumer, at);
    }

    /** How long the oldest work that is being tried again has been tried; zero when there is none. */
    Duration waiting(long now) {
        return longest(refused, now);
    }

    /** How long that consumer has not polled that has been silent for longest. */
    Duration silent(long now) {
        return longest(polls, now);
    }

    private static Duration longest(Map<Object, Long> times, long now) {
        long nanos = times.values().stream().mapToLong(at -> now - at).max().orElse(0);
        return Duration.ofNanos(Math.max(0, nanos));
    }
}
