package dev.afluente.sync.intake;

import dev.afluente.sync.asked.Queue;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.inbox.InboxEntry;
import dev.afluente.sync.inbox.InboxMetrics;
import dev.afluente.sync.intake.channel.Patience;
import dev.afluente.sync.link.Link;
import dev.afluente.sync.link.Links;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.Sources;
import dev.afluente.sync.worker.RunWorker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes the door's notifications into the inbox and, in the same transaction, queues a run for the connection they
 * speak of, or releases the one that waits for it. A batch is acknowledged to Kafka only after that transaction; what comes again is known by its event id. An
 * event whose connection is not known yet waits in the inbox for it. While the database is away the batch is tried
 * again and nothing further is fetched, so memory stays bounded.
 */
@ApplicationScoped
public class NotificationIntake {
    private static final String CHANNEL = "notifications";

    private final Source pluggy;
    private final Patience patience;
    private final Links links;
    private final Inbox inbox;
    private final Queue queue;
    private final RunWorker worker;
    private final InboxMetrics metrics;

    @Inject
    public NotificationIntake(
            Sources sources,
            Patience patience,
            Links links,
            Inbox inbox,
            Queue queue,
            RunWorker worker,
            InboxMetrics metrics) {
        this.metrics = metrics;
        this.pluggy = sources.of("pluggy");
        this.patience = patience;
        this.links = links;
        this.inbox = inbox;
        this.queue = queue;
        this.worker = worker;
    }

    @Incoming(CHANNEL)
    Uni<Void> take(ConsumerRecords<String, byte[]> records) {
        List<InboxEntry> entries = new ArrayList<>(records.count());
        records.forEach(received -> entries.add(Notifications.read(received, pluggy)));
        return keep(entries).invoke(worker::queued);
    }

    private Uni<Void> keep(List<InboxEntry> entries) {
        return patience.untilDone(CHANNEL, tx -> store(tx, entries))
                .invoke(metrics::received)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> entries.size() == 1 ? setAside(entries.get(0)) : keepEach(entries));
    }

    /** One entry that cannot be stored must not cost the others of its batch. */
    private Uni<Void> keepEach(List<InboxEntry> entries) {
        return Multi.createFrom()
                .iterable(entries)
                .onItem()
                .transformToUniAndConcatenate(entry -> keep(List.of(entry)))
                .collect()
                .last();
    }

    private Uni<Void> setAside(InboxEntry entry) {
        return patience.untilKept(CHANNEL, tx -> inbox.add(tx, List.of(entry.dead("cannot_be_stored"))))
                .invoke(metrics::received)
                .replaceWithVoid();
    }

    private Uni<List<InboxEntry>> store(SqlConnection connection, List<InboxEntry> entries) {
        List<String> linkIds = entries.stream()
                .filter(InboxEntry::asksForSync)
                .map(InboxEntry::linkId)
                .distinct()
                .toList();
        return links.guard(connection, pluggy.provider(), linkIds)
                .chain(() -> inbox.add(connection, entries))
                .call(added -> follow(connection, added));
    }

    private Uni<Void> follow(SqlConnection connection, List<InboxEntry> added) {
        Map<String, String> traces = added.stream()
                .filter(InboxEntry::asksForSync)
                .collect(Collectors.toMap(InboxEntry::linkId, InboxEntry::traceparent, (first, last) -> last));
        return links.lockActive(connection, pluggy.provider(), List.copyOf(traces.keySet()))
                .chain(known -> Multi.createFrom()
                        .iterable(known)
                        .onItem()
                        .transformToUniAndConcatenate(link -> answer(connection, link, traces.get(link.linkId())))
                        .collect()
                        .last());
    }

    private Uni<Void> answer(SqlConnection connection, Link link, String traceparent) {
        return links.guardRuns(connection, link.tenantId(), link.connectionId())
                .chain(() -> queue.answering(connection, link, "WEBHOOK", traceparent))
                .chain(runId -> inbox.attach(connection, link, runId));
    }
}
