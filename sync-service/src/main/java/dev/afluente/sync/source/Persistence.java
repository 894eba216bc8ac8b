package dev.afluente.sync.source;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Does not give up at the first stumble. Asked to wait, it waits as long as it is told and goes on where it was, so that
 * a large account needs no second start; not answered, it asks {@value #RETRIES} times more. When most of the last
 * {@value #VOLUME} answers failed, it asks nothing for {@value #OPEN_SECONDS} s and says so at once. Only reads pass
 * through here, so asking again is always safe. No thread waits. What fails together shares one: a product of its own
 * has its own, so that its failures close nobody else's way.
 */
public final class Persistence {
    private static final int RETRIES = 3;
    private static final int WAITS = 100;
    private static final int VOLUME = 20;
    private static final int OPEN_SECONDS = 5;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    /** Asks again when there was no answer. */
    private final Guard asking = Guard.create()
            .withCircuitBreaker()
            .failOn(SourceFailure.Unavailable.class)
            .requestVolumeThreshold(VOLUME)
            .delay(OPEN_SECONDS, SECONDS)
            .done()
            .withRetry()
            .retryOn(SourceFailure.Unavailable.class)
            .maxRetries(RETRIES)
            .delay(200, MILLIS)
            .jitter(100, MILLIS)
            .withExponentialBackoff()
            .maxDelay(3, SECONDS)
            .done()
            .done()
            .build();

    /** Waits as long as the provider asks to; around {@link #asking}, so that a wait is not counted as a failure. */
    private final Guard waiting = Guard.create()
            .withRetry()
            .retryOn(SourceFailure.RateLimited.class)
            .maxRetries(WAITS)
            .maxDuration(2, HOURS)
            .jitter(250, MILLIS)
            .withCustomBackoff()
            .strategy(() -> Persistence::wait)
            .done()
            .done()
            .build();

    /** Makes a request, as often as it takes. Fails with {@link SourceFailure}. */
    public <T> Uni<T> ask(Supplier<Uni<T>> request, TypeLiteral<Uni<T>> type) {
        return waiting.get(() -> asking.get(request, type), type)
                .onFailure(CircuitBreakerOpenException.class)
                .transform(open -> new SourceFailure.Unavailable());
    }

    private static long wait(Throwable failure) {
        Duration asked = failure instanceof SourceFailure.RateLimited limited ? limited.waiting() : SHORTEST_WAIT;
        return Math.max(asked.toMillis(), SHORTEST_WAIT.toMillis());
    }
}
