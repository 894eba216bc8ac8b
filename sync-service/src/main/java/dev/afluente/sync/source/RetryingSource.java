package dev.afluente.sync.source;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * A source that does not give up at the first stumble. Asked to wait, it waits as long as it is told and goes on where
 * it was, so that a large account needs no second start; not answered, it asks {@value #RETRIES} times more. When most
 * of the last {@value #VOLUME} answers failed, it asks nothing for {@value #OPEN_SECONDS} s and says so at once. Only
 * reads pass through here, so asking again is always safe. No thread waits.
 */
final class RetryingSource implements Source {
    private static final int RETRIES = 3;
    private static final int WAITS = 100;
    private static final int VOLUME = 20;
    private static final int OPEN_SECONDS = 5;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    private final Source source;

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
            .strategy(() -> RetryingSource::wait)
            .done()
            .done()
            .build();

    RetryingSource(Source source) {
        this.source = source;
    }

    @Override
    public String provider() {
        return source.provider();
    }

    @Override
    public Change interpret(String kind, byte[] body) {
        return source.interpret(kind, body);
    }

    @Override
    public Uni<Readiness> readiness(String linkId) {
        return persist(() -> source.readiness(linkId), new TypeLiteral<Uni<Readiness>>() {});
    }

    @Override
    public Uni<List<SourceAccount>> accounts(String linkId) {
        return persist(() -> source.accounts(linkId), new TypeLiteral<Uni<List<SourceAccount>>>() {});
    }

    @Override
    public Uni<SourcePage> page(SourceAccount account, Window window, String cursor) {
        return persist(() -> source.page(account, window, cursor), new TypeLiteral<Uni<SourcePage>>() {});
    }

    @Override
    public Uni<SourcePage> named(SourceAccount account, List<String> ids) {
        return persist(() -> source.named(account, ids), new TypeLiteral<Uni<SourcePage>>() {});
    }

    private <T> Uni<T> persist(Supplier<Uni<T>> request, TypeLiteral<Uni<T>> type) {
        return waiting.get(() -> asking.get(request, type), type)
                .onFailure(CircuitBreakerOpenException.class)
                .transform(open -> new SourceFailure.Unavailable());
    }

    private static long wait(Throwable failure) {
        Duration asked = failure instanceof SourceFailure.RateLimited limited ? limited.waiting() : SHORTEST_WAIT;
        return Math.max(asked.toMillis(), SHORTEST_WAIT.toMillis());
    }
}
