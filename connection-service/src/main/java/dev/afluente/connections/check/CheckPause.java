package dev.afluente.connections.check;

import dev.afluente.connections.provider.ProviderFailure;
import java.time.Duration;
import java.time.Instant;

/** When to ask again. Pure. */
public final class CheckPause {
    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(10);

    private CheckPause() {}

    /** The notification that ends a passing state may be lost: asks with growing delay, 15 s to 15 min. */
    public static Instant whilePassing(int attempts, Instant now) {
        return now.plus(doubled(FIRST, attempts, LONGEST));
    }

    /** A provider that is away is asked again within {@link #LONGEST_AWAY}, so that its return is noticed. */
    public static Instant after(ProviderFailure failure, int attempts, Instant now) {
        if (failure instanceof ProviderFailure.RateLimited limit) {
            return later(limit.until(), now.plusSeconds(1));
        }
        if (failure instanceof ProviderFailure.Unavailable) {
            return now.plus(doubled(Duration.ofSeconds(1), attempts, LONGEST_AWAY));
        }
        return whilePassing(attempts, now);
    }

    private static Duration doubled(Duration first, int attempts, Duration longest) {
        int doublings = Math.max(0, Math.min(attempts - 1, 16));
        Duration pause = first.multipliedBy(1L << doublings);
        return pause.compareTo(longest) > 0 ? longest : pause;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
