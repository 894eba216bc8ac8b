package dev.afluente.connections.credential;

import dev.afluente.connections.asked.AskedRun.Trigger;
import dev.afluente.connections.check.PresentState;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.link.Invitations;
import dev.afluente.connections.provider.LinkInvitation;
import dev.afluente.connections.refresh.RunProgress;
import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Gives a connection new credentials. They are passed on and forgotten, which is why the run begins after the provider
 * took them: nobody could finish what was begun before. Of two at once the provider takes one.
 */
@Singleton
class Renewal {
    private final PresentState present;
    private final Invitations invitations;
    private final RunProgress progress;
    private final Clock clock;

    Renewal(PresentState present, Invitations invitations, RunProgress progress, Clock clock) {
        this.present = present;
        this.invitations = invitations;
        this.progress = progress;
        this.clock = clock;
    }

    /** Opens the provider's own place for it. */
    Uni<LinkInvitation> invite(Caller caller, UUID id) {
        return present.own(caller, id).chain(connection -> invitations.invite(caller, connection.linkId()));
    }

    /** @return the run that reads the bank with them */
    Uni<UUID> renew(Caller caller, UUID id, Map<String, String> credentials, String traceparent) {
        return present.own(caller, id).chain(connection -> pass(connection, credentials, traceparent));
    }

    private Uni<UUID> pass(Connection connection, Map<String, String> credentials, String traceparent) {
        Instant askedAt = clock.instant();
        return present.ask(connection, traceparent, provider -> provider.renew(connection.linkId(), credentials))
                .chain(state -> present.taken(
                        connection,
                        state,
                        askedAt,
                        traceparent,
                        (locked, moment) -> progress.goesOn(locked, null, Trigger.MANUAL, moment)));
    }
}
