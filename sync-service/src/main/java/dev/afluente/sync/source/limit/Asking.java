package dev.afluente.sync.source.limit;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.SECONDS;

import dev.afluente.sync.source.SourceFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * How one provider is asked, by all runs of this instance together. Each endpoint lets so many calls a minute through, user
 * by user in turn; when the provider asks to wait, everybody waits as long as it says and then goes on where they were.
 * Not answered, a call is made {@value #RETRIES} times more. When most of the last {@value #VOLUME} answers of an endpoint
 * failed, nothing is asked there for {@value #OPEN_SECONDS} s and that is said at once; the others' way stays open. Only
 * reads pass through here, so asking again is always safe. No thread waits.
 */
public final class Asking {
    /** A second more than the provider's minute: calls do not travel equally fast. */
    private static final Duration WINDOW = Duration.ofSeconds(61);

    private static final int RETRIES = 3;
    private static final int WAITS = 100;
    private static final int VOLUME = 20;
    private static final int OPEN_SECONDS = 5;

    /** What the provider counts together, and what fails together: {@code answers} asks again when there was none. */
    private record Endpoint(Turnstile turnstile, Guard answers) {
        Endpoint(Turnstile turnstile) {
            this(
                    turnstile,
                    Guard.create()
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
                            .build());
        }
    }

    /** Goes back to the turnstile, which is closed until the provider's time has come; not counted as a failure. */
    private final Guard waiting = Guard.create()
            .withRetry()
            .retryOn(SourceFailure.RateLimited.class)
            .maxRetries(WAITS)
            .maxDuration(2, HOURS)
            .delay(1, MILLIS)
            .jitter(0, MILLIS)
            .done()
            .build();

    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final int perMinute;
    private final Counter calls;
    private final Counter limited;

    /** @param perMinute calls this instance may make at one endpoint within a minute */
    public Asking(String provider, int perMinute, Vertx vertx, MeterRegistry metrics) {
        this.vertx = vertx;
        this.perMinute = perMinute;
        this.calls = metrics.counter("afluente.source.calls", "provider", provider);
        this.limited = metrics.counter("afluente.source.rate.limited", "provider", provider);
        metrics.gauge("afluente.source.waiting", Tags.of("provider", provider), endpoints, Asking::waitingCalls);
    }

    /**
     * Asks until there is an answer or a reason to give up.
     *
     * @param user on whose behalf
     * @param endpoint what the provider counts together
     */
    public <T> Uni<T> ask(String user, String endpoint, Supplier<Uni<T>> request, TypeLiteral<Uni<T>> type) {
        Endpoint asked = endpoints.computeIfAbsent(
                endpoint, key -> new Endpoint(new Turnstile(vertx, perMinute, WINDOW, System::nanoTime)));
        Supplier<Uni<T>> once = () -> asked.turnstile
                .pass(user, () -> {
                    calls.increment();
                    return request.get();
                })
                .onFailure(SourceFailure.RateLimited.class)
                .invoke(failure -> {
                    limited.increment();
                    asked.turnstile.close(failure.waiting());
                });
        return waiting.get(() -> asked.answers.get(once, type), type)
                .onFailure(CircuitBreakerOpenException.class)
                .transform(open -> new SourceFailure.Unavailable());
    }

    private static double waitingCalls(Map<String, Endpoint> endpoints) {
        return endpoints.values().stream()
                .mapToInt(endpoint -> endpoint.turnstile.waiting())
                .sum();
    }
}
