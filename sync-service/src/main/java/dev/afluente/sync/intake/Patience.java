package dev.afluente.sync.intake;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tries a unit of work again until it succeeds, each time in a new transaction: what Kafka holds must not be passed
 * over because the database is away. Waits grow from {@link #FIRST} to {@link #LONGEST}.
 */
@ApplicationScoped
public class Patience {
    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** @param channel named in the log */
    <T> Uni<T> untilDone(String channel, Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "Channel %s waits: %s", channel, failure.getClass().getSimpleName()))
                .onFailure()
                .retry()
                .withBackOff(FIRST, LONGEST)
                .indefinitely();
    }
}
