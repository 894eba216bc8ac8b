package dev.afluente.webhooks.intake;

import dev.afluente.webhooks.health.Tally;
import dev.afluente.webhooks.intake.Content.Event;
import dev.afluente.webhooks.intake.Content.NotAnEvent;
import dev.afluente.webhooks.intake.stream.Records;
import dev.afluente.webhooks.intake.stream.Stream;
import dev.afluente.webhooks.signature.Delivery;
import dev.afluente.webhooks.signature.Gate;
import dev.afluente.webhooks.signature.Verdict;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Decides what becomes of a delivery: genuine or not, event or not, and then the one promise of this service: an outcome of
 * {@link Outcome#ACCEPTED} or {@link Outcome#NOT_AN_EVENT} is given only when every in-sync replica has the bytes. Never
 * blocks; may be called on an event loop. The outcome arrives once, on the caller's thread or on the producer's: a plain
 * call, because a pipeline of one step costs more than the step.
 */
@Singleton
public class Intake {

    private final Gate gate;
    private final Stream stream;
    private final Tally tally;
    private final Clock clock;
    private final EventReader reader = new EventReader();

    @Inject
    Intake(Gate gate, Stream stream, Tally tally) {
        this(gate, stream, tally, Clock.systemUTC());
    }

    Intake(Gate gate, Stream stream, Tally tally, Clock clock) {
        this.gate = gate;
        this.stream = stream;
        this.tally = tally;
        this.clock = clock;
    }

    /**
     * Takes a delivery.
     *
     * @param traceparent what the sender sent as such, or null; taken over only when it is valid
     * @param settled is told what became of it, unless this method throws
     */
    public void take(Delivery delivery, String traceparent, Consumer<Outcome> settled) {
        Instant now = clock.instant();
        Verdict verdict = gate.check(delivery, now);
        if (!verdict.genuine()) {
            refused(verdict, settled);
            return;
        }
        Content content = reader.read(delivery.body());
        if (content instanceof Event event) {
            // Only what can be read can say whose it is.
            Verdict addressed = gate.checkClient(event.clientId());
            if (!addressed.genuine()) {
                refused(addressed, settled);
                return;
            }
            tally.event(event.kind());
            keep(Records.event(event, delivery.body(), now, traceparent), Outcome.ACCEPTED, settled);
            return;
        }
        NotAnEvent garbage = (NotAnEvent) content;
        tally.notAnEvent(garbage.reason());
        keep(Records.deadLetter(garbage, delivery.body(), now, traceparent), Outcome.NOT_AN_EVENT, settled);
    }

    private void keep(ProducerRecord<byte[], byte[]> record, Outcome whenKept, Consumer<Outcome> settled) {
        stream.append(record, kept -> settled.accept(kept ? whenKept : Outcome.UNAVAILABLE));
    }

    private void refused(Verdict verdict, Consumer<Outcome> settled) {
        tally.refused(verdict);
        settled.accept(Outcome.NOT_GENUINE);
    }
}
