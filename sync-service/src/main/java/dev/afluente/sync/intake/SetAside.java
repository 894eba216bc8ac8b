package dev.afluente.sync.intake;

import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.inbox.InboxEntry;
import dev.afluente.sync.inbox.InboxMetrics;
import dev.afluente.sync.intake.channel.Patience;
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

    private final Patience patience;
    private final Inbox inbox;
    private final InboxMetrics metrics;

    @Inject
    SetAside(Patience patience, Inbox inbox, InboxMetrics metrics) {
        this.metrics = metrics;
        this.patience = patience;
        this.inbox = inbox;
    }

    /** Ends when it is kept, and never fails: whatever stands against it, it is tried again. */
    Uni<Void> put(String channel, ConsumerRecord<String, byte[]> received, String reason) {
        LOG.errorf("Set aside %s-%d@%d: %s", received.topic(), received.partition(), received.offset(), reason);
        InboxEntry dead = InboxEntry.dead(received, Requests.ORIGIN, reason);
        return patience.untilKept(channel, tx -> inbox.add(tx, List.of(dead)))
                .invoke(metrics::received)
                .replaceWithVoid();
    }
}
