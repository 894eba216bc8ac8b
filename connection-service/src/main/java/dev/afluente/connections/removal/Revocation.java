package dev.afluente.connections.removal;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.missing.Witnesses;
import dev.afluente.connections.missing.Witnesses.Verdict;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import dev.afluente.connections.task.Task;
import dev.afluente.connections.task.TaskHandler;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Revokes at the provider what its owner removed, for as long as it takes. A link the provider does not know counts as
 * revoked, unless it knows none of the others either: then it is asked with other keys, and the consent may still stand.
 */
@Singleton
class Revocation implements TaskHandler {
    static final String KIND = "REVOKE";

    private static final Logger LOG = Logger.getLogger(Revocation.class);

    private final Database database;
    private final Connections connections;
    private final Tasks tasks;
    private final Providers providers;
    private final Witnesses witnesses;
    private final Clock clock;

    Revocation(
            Database database,
            Connections connections,
            Tasks tasks,
            Providers providers,
            Witnesses witnesses,
            Clock clock) {
        this.database = database;
        this.connections = connections;
        this.tasks = tasks;
        this.providers = providers;
        this.witnesses = witnesses;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> handle(Task task) {
        return database.ofTenant(task.tenantId(), () -> connections.known(task.tenantId(), task.connectionId()))
                .chain(connection -> providers
                        .get(connection.provider())
                        .revoke(connection.linkId())
                        .chain(() -> done(task))
                        .onFailure(Witnesses::isGone)
                        .recoverWithUni(() -> unknown(task, connection)));
    }

    @Override
    public Uni<Void> refused(Task task, ProviderFailure failure) {
        if (failure instanceof ProviderFailure.Rejected rejected) {
            LOG.warnf(
                    "Provider refuses to revoke, will be asked again: connection=%s code=%s",
                    task.connectionId(), rejected.why());
        }
        return later(task, RevocationPause.after(failure, task.attempts(), clock.instant()));
    }

    private Uni<Void> unknown(Task task, Connection connection) {
        return witnesses
                .about(connection)
                .chain(verdict -> verdict == Verdict.OTHER_KEYS
                        ? refused(task, new ProviderFailure.Rejected("knows_none_of_the_links"))
                        : done(task));
    }

    private Uni<Void> done(Task task) {
        return database.ofTenant(task.tenantId(), () -> connections
                .locked(task.tenantId(), task.connectionId())
                .invoke(connection -> connection.isRevoked(clock.instant()))
                .chain(() -> tasks.close(task)));
    }

    private Uni<Void> later(Task task, Instant at) {
        return database.ofTenant(task.tenantId(), () -> tasks.postpone(task, at));
    }
}
