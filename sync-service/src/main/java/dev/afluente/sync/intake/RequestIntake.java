package dev.afluente.sync.intake;

import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.CloudEvent;
import dev.afluente.model.event.EventFormat;
import dev.afluente.model.event.MalformedEventException;
import dev.afluente.model.event.SyncRequest;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.inbox.InboxEntry;
import dev.afluente.sync.outbox.Outbox;
import dev.afluente.sync.worker.RunWorker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Takes what connection-service asks of runs: each event in one transaction, with its effect, once. */
@ApplicationScoped
public class RequestIntake {
    private static final Logger LOG = Logger.getLogger(RequestIntake.class);
    private static final String CHANNEL = "requests";

    private final Ledger ledger;
    private final Inbox inbox;
    private final Requests requests;
    private final RunWorker worker;
    private final Outbox outbox;

    @Inject
    public RequestIntake(Ledger ledger, Inbox inbox, Requests requests, RunWorker worker, Outbox outbox) {
        this.ledger = ledger;
        this.inbox = inbox;
        this.requests = requests;
        this.worker = worker;
        this.outbox = outbox;
    }

    @Incoming(CHANNEL)
    Uni<Void> take(ConsumerRecords<String, byte[]> records) {
        return Multi.createFrom()
                .iterable(records)
                .onItem()
                .transformToUniAndConcatenate(this::takeOne)
                .collect()
                .last()
                .invoke(worker::wake)
                .invoke(outbox::wake);
    }

    private Uni<Void> takeOne(ConsumerRecord<String, byte[]> received) {
        try {
            CloudEvent attributes = CloudEvent.of(received.headers());
            BankingEvent event = EventFormat.read(attributes.type(), received.value());
            if (!(event instanceof SyncRequest request)) {
                return Uni.createFrom().voidItem();
            }
            InboxEntry entry = Requests.entry(received, attributes, request);
            return Patience.untilDone(CHANNEL, () -> ledger.ofAll(tx -> requests.follow(tx, request, entry)))
                    .onFailure()
                    .recoverWithUni(failure -> setAside(received, "cannot_be_stored"));
        } catch (MalformedEventException e) {
            return setAside(received, e.reason());
        }
    }

    private Uni<Void> setAside(ConsumerRecord<String, byte[]> received, String reason) {
        LOG.errorf("Set aside %s-%d@%d: %s", received.topic(), received.partition(), received.offset(), reason);
        InboxEntry dead = InboxEntry.dead(received, Requests.ORIGIN, reason);
        return Patience.untilDone(
                CHANNEL, () -> ledger.ofAll(tx -> inbox.add(tx, List.of(dead)).replaceWithVoid()));
    }
}
