package dev.afluente.sync.intake.channel;

import dev.afluente.model.database.SqlFailures;
import dev.afluente.sync.database.Ledger;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Tries a unit of work again, each time in a new transaction. For as long as it takes while the database is away or
 * another transaction is in the way, because what Kafka holds must not be passed over. After any other failure {@value
 * #SURPRISES} times, because a record that can never be stored must not hold up all that come after it; but keeping the record
 * aside is tried for ever, since a channel whose work fails is stopped, and only a restart would start it again.
 */
@Singleton
public class Patience {
    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int SURPRISES = 3;

    private final Ledger ledger;
    private final Channels channels;

    @Inject
    Patience(Ledger ledger, Channels channels) {
        this.ledger = ledger;
        this.channels = channels;
    }

    /** Fails when the work does, for another reason than that the database is away, {@value #SURPRISES} times more. */
    public <T> Uni<T> untilDone(String channel, Function<SqlConnection, Uni<T>> work) {
        return watched(channel, work, attempt -> attempt.onFailure(failure -> !isPassing(failure))
                .retry()
                .withBackOff(FIRST, LONGEST)
                .atMost(SURPRISES)
                .onFailure(Patience::isPassing)
                .retry()
                .withBackOff(FIRST, LONGEST)
                .indefinitely());
    }

    /** Never fails: for what must not be lost, whatever stands against it. */
    public <T> Uni<T> untilKept(String channel, Function<SqlConnection, Uni<T>> work) {
        return watched(channel, work, attempt -> attempt.onFailure()
                .retry()
                .withBackOff(FIRST, LONGEST)
                .indefinitely());
    }

    private <T> Uni<T> watched(
            String channel, Function<SqlConnection, Uni<T>> work, Function<Uni<T>, Uni<T>> repetition) {
        return Uni.createFrom().deferred(() -> {
            Object token = new Object();
            Uni<T> attempt = Uni.createFrom()
                    .deferred(() -> ledger.ofAll(work))
                    .onFailure()
                    .invoke(failure -> {
                        LOG.warnf(
                                "Channel %s waits: %s",
                                channel, failure.getClass().getSimpleName());
                        channels.refused(channel, token);
                    });
            return repetition.apply(attempt).onTermination().invoke(() -> channels.over(channel, token));
        });
    }

    private static boolean isPassing(Throwable failure) {
        return SqlFailures.isAway(failure) || SqlFailures.isConflict(failure);
    }
}
