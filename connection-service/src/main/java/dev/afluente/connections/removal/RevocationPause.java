package dev.afluente.connections.removal;

import dev.afluente.connections.provider.ProviderFailure;
import java.time.Duration;
import java.time.Instant;

/**
 * When to try again to revoke. Pure. A provider that is away is tried after 1 s and then ever more rarely, at least every
 * {@link #LONGEST_AWAY}, so that its return is noticed; one that refuses, at least every {@link #LONGEST_REFUSED}.
 */
final class RevocationPause {
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(30);
    private static final Duration FIRST_REFUSED = Duration.ofSeconds(30);
    private static final Duration LONGEST_REFUSED = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 16;

    private RevocationPause() {}

    static Instant after(ProviderFailure failure, int attempts, Instant now) {
        if (failure instanceof ProviderFailure.RateLimited limit) {
            return limit.until().isAfter(now) ? limit.until() : now.plusSeconds(1);
        }
        return failure instanceof ProviderFailure.Unavailable || failure instanceof ProviderFailure.Busy
                ? now.plus(doubled(Duration.ofSeconds(1), attempts, LONGEST_AWAY))
                : now.plus(doubled(FIRST_REFUSED, attempts, LONGEST_REFUSED));
    }

    private static Duration doubled(Duration first, int attempts, Duration longest) {
        int doublings = Math.max(0, Math.min(attempts - 1, MOST_DOUBLINGS));
        Duration pause = first.multipliedBy(1L << doublings);
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
