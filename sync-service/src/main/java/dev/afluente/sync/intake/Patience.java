package dev.afluente.sync.intake;

import dev.afluente.model.database.SqlFailures;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tries a unit of work again, each time in a new transaction. For as long as it takes while the database is away or
 * another transaction is in the way, because what Kafka holds must not be passed over; {@value #SURPRISES} times after
 * any other failure, because a record that can never be stored must not hold up all that come after it.
 */
final class Patience {
    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int SURPRISES = 3;

    private Patience() {}

    /** @param channel named in the log */
    static <T> Uni<T> untilDone(String channel, Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "Channel %s waits: %s", channel, failure.getClass().getSimpleName()))
                .onFailure(failure -> !isPassing(failure))
                .retry()
                .withBackOff(FIRST, LONGEST)
                .atMost(SURPRISES)
                .onFailure(Patience::isPassing)
                .retry()
                .withBackOff(FIRST, LONGEST)
                .indefinitely();
    }

    private static boolean isPassing(Throwable failure) {
        return SqlFailures.isAway(failure) || SqlFailures.isConflict(failure);
    }
}
