package dev.afluente.connections.intake;

import dev.afluente.connections.database.StorageAwayException;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.MalformedEventException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * What every consumed record goes through, so that a channel neither stops nor loses a record. The answer is given, and
 * the record's offset with it, only when the record's effect or its dead letter is committed.
 *
 * <p>PostgreSQL away: waits and tries again for as long as it takes. A record that is not what its topic promises: set
 * aside at once. A failure nobody foresaw: tried {@value #SURPRISES} more times, then set aside; and when even that fails,
 * both again and again, because a record whose answer is a failure is passed over.
 */
@Singleton
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int SURPRISES = 3;

    private final DeadLetters deadLetters;
    private final Waiting waiting;

    Intake(DeadLetters deadLetters, Waiting waiting) {
        this.deadLetters = deadLetters;
        this.waiting = waiting;
    }

    /** What a record leads to. Runs again when it fails, so it must be repeatable. */
    @FunctionalInterface
    public interface Effect {
        /**
         * Applies the record.
         *
         * @throws MalformedEventException when the record is not what its topic promises
         */
        Uni<Void> of(CloudEvent event) throws MalformedEventException;
    }

    /** Applies one record. */
    public Uni<Void> take(ConsumerRecord<byte[], byte[]> record, Effect effect) {
        return Uni.createFrom()
                .deferred(() -> apply(record, effect))
                .onFailure(Intake::isSurprise)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(SURPRISES)
                .onFailure(failure -> !(failure instanceof StorageAwayException))
                .recoverWithUni(failure -> deadLetters.add(record, reason(record, failure)))
                .onFailure()
                .invoke(failure -> refused(record, failure))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .onTermination()
                .invoke(() -> waiting.over(record));
    }

    private void refused(ConsumerRecord<byte[], byte[]> record, Throwable failure) {
        waiting.refused(record);
        LOG.warnf(
                "Record waits: topic=%s type=%s",
                record.topic(), failure.getClass().getSimpleName());
    }

    private static Uni<Void> apply(ConsumerRecord<byte[], byte[]> record, Effect effect) {
        try {
            return effect.of(CloudEvent.of(record.headers()));
        } catch (MalformedEventException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private static boolean isSurprise(Throwable failure) {
        return !(failure instanceof StorageAwayException) && !(failure instanceof MalformedEventException);
    }

    private static String reason(ConsumerRecord<byte[], byte[]> record, Throwable failure) {
        String reason = failure instanceof MalformedEventException malformed ? malformed.reason() : "unexpected";
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        LOG.warnf(
                "Record set aside: topic=%s partition=%d offset=%d code=%s type=%s",
                record.topic(),
                record.partition(),
                record.offset(),
                reason,
                cause.getClass().getSimpleName());
        return reason;
    }
}
