package dev.afluente.sync.intake;

import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.inbox.InboxEntry;
import dev.afluente.sync.inbox.InboxMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Keeps a record of our own services that nobody can follow: in the inbox, dead, with the reason. */
@ApplicationScoped
class SetAside {
    private static final Logger LOG = Logger.getLogger(SetAside.class);

    private final Ledger ledger;
    private final Inbox inbox;
    private final InboxMetrics metrics;

    @Inject
    SetAside(Ledger ledger, Inbox inbox, InboxMetrics metrics) {
        this.metrics = metrics;
        this.ledger = ledger;
        this.inbox = inbox;
    }

    /** Ends when it is kept; waits for the database as long as it takes. */
    Uni<Void> put(String channel, ConsumerRecord<String, byte[]> received, String reason) {
        LOG.errorf("Set aside %s-%d@%d: %s", received.topic(), received.partition(), received.offset(), reason);
        InboxEntry dead = InboxEntry.dead(received, Requests.ORIGIN, reason);
        return Patience.untilDone(channel, () -> ledger.ofAll(tx -> inbox.add(tx, List.of(dead))))
                .invoke(metrics::received)
                .replaceWithVoid();
    }
}
