package dev.afluente.connections.provider.pluggy;

import dev.afluente.connections.check.StateCheck;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.intake.Intake;
import dev.afluente.connections.missing.ToldGone;
import dev.afluente.connections.sweep.Reads;
import dev.afluente.connections.task.TaskRounds;
import dev.afluente.connections.task.Tasks;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.MalformedEventException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes Pluggy's notifications about items as what Pluggy says they are, a reason to ask: the body is never read. Late,
 * repeated and reordered ones do no harm, because the answer always is the present state. Items nobody has connected
 * are ignored: a new connection asks by itself.
 */
@ApplicationScoped
public class PluggyWebhooks {
    private static final String ITEM_EVENTS = "ai.pluggy.item/";
    private static final String ITEM_DELETED = ITEM_EVENTS + "deleted";

    /** The events that end a collecting and, in sync-service, make a run. */
    private static final Set<String> COLLECTED = Set.of(ITEM_EVENTS + "created", ITEM_EVENTS + "updated");

    private final Intake intake;
    private final Database database;
    private final Tasks tasks;
    private final Reads reads;
    private final TaskRounds rounds;
    private final Clock clock;

    PluggyWebhooks(Intake intake, Database database, Tasks tasks, Reads reads, TaskRounds rounds, Clock clock) {
        this.intake = intake;
        this.database = database;
        this.tasks = tasks;
        this.reads = reads;
        this.rounds = rounds;
        this.clock = clock;
    }

    @Incoming("pluggy-webhooks")
    Uni<Void> take(ConsumerRecord<byte[], byte[]> record) {
        return intake.take(record, this::apply);
    }

    private Uni<Void> apply(CloudEvent event) throws MalformedEventException {
        if (!event.type().startsWith(ITEM_EVENTS)) {
            return Uni.createFrom().voidItem();
        }
        UUID item = Parameters.id(event.subject());
        if (item == null) {
            throw new MalformedEventException("invalid_ce_subject");
        }
        Instant now = clock.instant();
        String kind = event.type().equals(ITEM_DELETED) ? ToldGone.KIND : StateCheck.KIND;
        return database.ofAllTenants(() -> heard(event, item, now)
                        .chain(() ->
                                tasks.dueForLink(PluggyProvider.KEY, item.toString(), kind, now, event.traceparent())))
                .invoke(known -> {
                    if (known) {
                        rounds.wake();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> heard(CloudEvent event, UUID item, Instant now) {
        return COLLECTED.contains(event.type())
                ? reads.heard(PluggyProvider.KEY, item.toString(), event.time().isAfter(now) ? now : event.time())
                : Uni.createFrom().voidItem();
    }
}
