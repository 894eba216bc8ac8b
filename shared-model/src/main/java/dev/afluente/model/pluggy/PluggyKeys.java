package dev.afluente.model.pluggy;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One API key for the whole service. Guarantees single flight: however many callers find the key missing, too old or
 * refused, one of them asks Pluggy and all of them get that answer. A renewal that fails is forgotten, so the next
 * caller asks again. Safe from any thread; never blocks; an answer may arrive on another caller's thread.
 */
final class PluggyKeys {
    private final Supplier<Uni<String>> authenticate;
    private final Duration renewal;
    private final Clock clock;

    private Key current;

    /**
     * @param authenticate asks Pluggy for a new key
     * @param renewal the age at which a key is replaced
     */
    PluggyKeys(Supplier<Uni<String>> authenticate, Duration renewal, Clock clock) {
        this.authenticate = authenticate;
        this.renewal = renewal;
        this.clock = clock;
    }

    /** Returns the shared key, asking for one when there is none or it is due. */
    Uni<String> key() {
        return Uni.createFrom().deferred(() -> usable().answer);
    }

    /** Returns a key other than {@code refused}: the one that replaced it, or a new one. */
    Uni<String> otherThan(String refused) {
        return Uni.createFrom().deferred(() -> replacing(refused).answer);
    }

    private synchronized Key usable() {
        if (current == null || !clock.instant().isBefore(current.due)) {
            current = new Key();
        }
        return current;
    }

    private synchronized Key replacing(String refused) {
        if (current == null || refused.equals(current.value)) {
            current = new Key();
        }
        return current;
    }

    private synchronized void forget(Key failed) {
        if (current == failed) {
            current = null;
        }
    }

    /** A key that is there or on its way. */
    private final class Key {
        private final Instant due = clock.instant().plus(renewal);
        private final Uni<String> answer;
        private volatile String value;

        private Key() {
            answer = Uni.createFrom()
                    .deferred(authenticate::get)
                    .onItem()
                    .invoke(key -> value = key)
                    .onFailure()
                    .invoke(() -> forget(this))
                    .memoize()
                    .indefinitely();
        }
    }
}
