package dev.afluente.connections.run;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.intake.Intake;
import dev.afluente.connections.removal.AccountLinks;
import dev.afluente.connections.sweep.Reads;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.MalformedEventException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Remembers how the last run of each connection ended, and which accounts came through it. Repeatable and indifferent to order: of two ends the later one
 * stays. Runs of connections that are not here are ignored.
 */
@ApplicationScoped
public class SyncResults {
    private static final int MAX_CODE = 200;

    private final Intake intake;
    private final Database database;
    private final Connections connections;
    private final AccountLinks accounts;
    private final Reads reads;

    SyncResults(Intake intake, Database database, Connections connections, AccountLinks accounts, Reads reads) {
        this.intake = intake;
        this.database = database;
        this.connections = connections;
        this.accounts = accounts;
        this.reads = reads;
    }

    @Incoming("sync-results")
    Uni<Void> take(ConsumerRecord<byte[], byte[]> record) {
        return intake.take(record, event -> apply(event, record.value()));
    }

    private Uni<Void> apply(CloudEvent event, byte[] data) throws MalformedEventException {
        if (data == null) {
            throw new MalformedEventException("no_data");
        }
        BankingEvent read = EventFormat.read(event.type(), data);
        return read instanceof SyncFinished run
                ? remember(requireWhole(run))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> remember(SyncFinished run) {
        return database.ofTenant(run.tenantId(), () -> connections
                .locked(run.tenantId(), run.connectionId())
                .chain(connection -> connection == null ? Uni.createFrom().voidItem() : remember(connection, run)));
    }

    private Uni<Void> remember(Connection connection, SyncFinished run) {
        connection.runFinished(run);
        return connection.isRemoved()
                ? Uni.createFrom().voidItem()
                : accounts.told(run.tenantId(), run.connectionId(), run.accountIds(), run.finishedAt())
                        .chain(() -> reads.told(connection, run));
    }

    private static SyncFinished requireWhole(SyncFinished run) throws MalformedEventException {
        if (run.runId() == null || run.finishedAt() == null || run.status() == null) {
            throw new MalformedEventException("incomplete_data");
        }
        if (tooLong(run.status()) || tooLong(run.reason()) || tooLong(run.tenantId())) {
            throw new MalformedEventException("oversized_data");
        }
        return run;
    }

    private static boolean tooLong(String code) {
        return code != null && code.length() > MAX_CODE;
    }
}
