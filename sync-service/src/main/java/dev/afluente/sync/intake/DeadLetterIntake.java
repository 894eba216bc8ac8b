package dev.afluente.sync.intake;

import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.inbox.InboxEntry;
import dev.afluente.sync.inbox.InboxMetrics;
import dev.afluente.sync.intake.channel.Patience;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes what other services have set aside into the inbox, where operators see it and where it outlives its topic. Each letter
 * is there once, under its topic and key, however often it was written and comes. An entry is made of what can always be
 * stored, so none is given up.
 */
@ApplicationScoped
public class DeadLetterIntake {
    private static final String DOOR = "door-dead-letters";
    private static final String CONNECTIONS = "connection-dead-letters";

    private final Patience patience;
    private final Inbox inbox;
    private final InboxMetrics metrics;

    @Inject
    public DeadLetterIntake(Patience patience, Inbox inbox, InboxMetrics metrics) {
        this.patience = patience;
        this.inbox = inbox;
        this.metrics = metrics;
    }

    @Incoming(DOOR)
    Uni<Void> fromTheDoor(ConsumerRecords<String, byte[]> records) {
        List<InboxEntry> letters = new ArrayList<>(records.count());
        records.forEach(letter -> letters.add(DeadLetters.fromTheDoor(letter)));
        return keep(DOOR, letters);
    }

    @Incoming(CONNECTIONS)
    Uni<Void> fromConnections(ConsumerRecords<String, byte[]> records) {
        List<InboxEntry> letters = new ArrayList<>(records.count());
        records.forEach(letter -> letters.add(DeadLetters.fromConnections(letter)));
        return keep(CONNECTIONS, letters);
    }

    private Uni<Void> keep(String channel, List<InboxEntry> letters) {
        return patience.untilKept(channel, tx -> inbox.add(tx, letters))
                .invoke(metrics::received)
                .replaceWithVoid();
    }
}
