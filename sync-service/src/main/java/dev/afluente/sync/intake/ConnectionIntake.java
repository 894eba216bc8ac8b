package dev.afluente.sync.intake;

import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.ConnectionEvent;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.MalformedEventException;
import dev.afluente.sync.asked.Queue;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.intake.channel.Patience;
import dev.afluente.sync.link.Link;
import dev.afluente.sync.link.Links;
import dev.afluente.sync.worker.RunWorker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Learns of connections: a new one gets its first run, together with every event that had come before it. Each event is
 * one transaction and may come twice; its version decides whether it still says anything new.
 */
@ApplicationScoped
public class ConnectionIntake {
    private static final String CHANNEL = "connections";

    private final Patience patience;
    private final SetAside setAside;
    private final Links links;
    private final Inbox inbox;
    private final Queue queue;
    private final RunWorker worker;

    @Inject
    public ConnectionIntake(
            Patience patience, SetAside setAside, Links links, Inbox inbox, Queue queue, RunWorker worker) {
        this.patience = patience;
        this.setAside = setAside;
        this.links = links;
        this.inbox = inbox;
        this.queue = queue;
        this.worker = worker;
    }

    @Incoming(CHANNEL)
    Uni<Void> take(ConsumerRecords<String, byte[]> records) {
        return Multi.createFrom()
                .iterable(records)
                .onItem()
                .transformToUniAndConcatenate(this::takeOne)
                .collect()
                .last()
                .invoke(worker::queued);
    }

    private Uni<Void> takeOne(ConsumerRecord<String, byte[]> received) {
        try {
            CloudEvent attributes = CloudEvent.of(received.headers());
            BankingEvent event = EventFormat.read(attributes.type(), received.value());
            if (event instanceof ConnectionEvent told) {
                if (!isWhole(told)) {
                    throw new MalformedEventException("missing_link");
                }
                return patience.untilDone(CHANNEL, tx -> learn(tx, told, attributes))
                        .onFailure()
                        .recoverWithUni(failure -> setAside.put(CHANNEL, received, "cannot_be_stored"));
            }
            return Uni.createFrom().voidItem();
        } catch (MalformedEventException e) {
            return setAside.put(CHANNEL, received, e.reason());
        } catch (RuntimeException unforeseen) {
            return setAside.put(CHANNEL, received, "cannot_be_read");
        }
    }

    private static boolean isWhole(ConnectionEvent event) {
        ConnectionEvent.Link link = event.link();
        return !event.tenantId().isBlank()
                && !event.tenantId().equals("*")
                && event.userId() != null
                && link != null
                && link.provider() != null
                && link.id() != null;
    }

    private Uni<Void> learn(SqlConnection connection, ConnectionEvent event, CloudEvent attributes) {
        ConnectionEvent.Link link = event.link();
        return links.guard(connection, link.provider(), List.of(link.id()))
                .chain(() -> links.guardRuns(connection, event.tenantId(), event.connectionId()))
                .chain(() -> links.learn(connection, event))
                .chain(() -> links.lock(connection, event.tenantId(), event.connectionId()))
                .chain(known -> known == null
                        ? queue.releaseAll(connection, event.tenantId(), event.connectionId())
                        : startIfNeeded(connection, known, event, attributes));
    }

    private Uni<Void> startIfNeeded(SqlConnection connection, Link link, ConnectionEvent event, CloudEvent attributes) {
        return inbox.hasWaiting(connection, link)
                .chain(waiting -> queue.any(connection, link).chain(ranBefore -> {
                    boolean first = event instanceof ConnectionEvent.Linked && !ranBefore;
                    return waiting || first
                            ? queue.answering(
                                            connection, link, first ? "CONNECTED" : "WEBHOOK", attributes.traceparent())
                                    .chain(runId -> inbox.attach(connection, link, runId))
                            : Uni.createFrom().voidItem();
                }));
    }
}
