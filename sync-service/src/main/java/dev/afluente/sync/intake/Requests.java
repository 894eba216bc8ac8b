package dev.afluente.sync.intake;

import dev.afluente.model.event.SyncRequest;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.MalformedEventException;
import dev.afluente.sync.asked.AskedRuns;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.inbox.InboxEntry;
import dev.afluente.sync.link.Links;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Follows what connection-service asks of runs, in whatever order it comes. A release or an abandonment of a run that is
 * not known yet waits in the inbox for it and takes effect in the transaction that makes the run.
 */
@ApplicationScoped
class Requests {
    /** Who speaks, where the inbox names a provider. */
    static final String ORIGIN = "afluente";

    private final Inbox inbox;
    private final Links links;
    private final AskedRuns asked;

    @Inject
    Requests(Inbox inbox, Links links, AskedRuns asked) {
        this.inbox = inbox;
        this.links = links;
        this.asked = asked;
    }

    /** The inbox entry of a request; it belongs to its run as a notification belongs to its link. */
    static InboxEntry entry(ConsumerRecord<String, byte[]> received, CloudEvent attributes, SyncRequest request) {
        return new InboxEntry(
                attributes.id(),
                ORIGIN,
                subject(request),
                attributes.type(),
                InboxEntry.body(received),
                "WAITING",
                null,
                attributes.traceparent());
    }

    /** Keeps an event and does what it says, unless it came before. Returns what is new: the entry, or nothing. */
    Uni<List<InboxEntry>> follow(SqlConnection connection, SyncRequest request, InboxEntry entry) {
        return links.guardRuns(connection, request.tenantId(), request.connectionId())
                .chain(() -> inbox.add(connection, List.of(entry)))
                .call(added -> added.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : made(connection, request, entry.traceparent())
                                .chain(() -> asked.isKnown(connection, request.tenantId(), request.runId()))
                                .chain(known -> known
                                        ? steer(connection, request)
                                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> made(SqlConnection connection, SyncRequest request, String traceparent) {
        if (!(request instanceof SyncRequest.Requested wanted)) {
            return Uni.createFrom().voidItem();
        }
        // A removed connection is not waited for: its run is to end, with that reason.
        return links.isRemoved(connection, wanted.tenantId(), wanted.connectionId())
                .chain(removed -> asked.request(connection, wanted, removed || !wanted.waits(), traceparent));
    }

    private Uni<Void> steer(SqlConnection connection, SyncRequest request) {
        return inbox.waiting(connection, ORIGIN, subject(request))
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(told -> obey(connection, told))
                .collect()
                .last()
                .chain(() -> inbox.settle(connection, ORIGIN, subject(request), request.tenantId()));
    }

    private Uni<Void> obey(SqlConnection connection, Inbox.Received told) {
        try {
            Object request = EventFormat.read(told.kind(), told.data().getBytes());
            if (request instanceof SyncRequest.Released released) {
                return asked.release(connection, released.tenantId(), released.connectionId(), released.runId());
            }
            return request instanceof SyncRequest.Abandoned abandoned
                    ? asked.abandon(connection, abandoned)
                    : Uni.createFrom().voidItem();
        } catch (MalformedEventException e) {
            // It was read before it was stored.
            return Uni.createFrom().failure(e);
        }
    }

    private static String subject(SyncRequest request) {
        return request.tenantId() + "/" + request.runId();
    }
}
