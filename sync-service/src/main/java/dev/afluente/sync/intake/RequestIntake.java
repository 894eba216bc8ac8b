package dev.afluente.sync.intake;

import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.SyncRequest;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.MalformedEventException;
import dev.afluente.sync.inbox.InboxEntry;
import dev.afluente.sync.inbox.InboxMetrics;
import dev.afluente.sync.intake.channel.Patience;
import dev.afluente.sync.outbox.Outbox;
import dev.afluente.sync.worker.RunWorker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes what connection-service asks of runs: each event in one transaction, with its effect, once. */
@ApplicationScoped
public class RequestIntake {
    private static final String CHANNEL = "requests";

    private final Patience patience;
    private final SetAside setAside;
    private final Requests requests;
    private final RunWorker worker;
    private final Outbox outbox;
    private final InboxMetrics metrics;

    @Inject
    public RequestIntake(
            Patience patience,
            SetAside setAside,
            Requests requests,
            RunWorker worker,
            Outbox outbox,
            InboxMetrics metrics) {
        this.metrics = metrics;
        this.patience = patience;
        this.setAside = setAside;
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
                .invoke(worker::queued)
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
            return patience.untilDone(CHANNEL, tx -> requests.follow(tx, request, entry))
                    .invoke(metrics::received)
                    .replaceWithVoid()
                    .onFailure()
                    .recoverWithUni(failure -> setAside.put(CHANNEL, received, "cannot_be_stored"));
        } catch (MalformedEventException e) {
            return setAside.put(CHANNEL, received, e.reason());
        } catch (RuntimeException unforeseen) {
            return setAside.put(CHANNEL, received, "cannot_be_read");
        }
    }
}
