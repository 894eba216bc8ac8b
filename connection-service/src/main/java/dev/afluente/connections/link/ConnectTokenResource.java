package dev.afluente.connections.link;

import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.provider.LinkInvitation;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Hands out what opens the provider's widget. */
@Path("/api/banking/connections/create_connect_token")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Connecting")
public class ConnectTokenResource {
    private final JsonWebToken token;
    private final Invitations invitations;

    ConnectTokenResource(JsonWebToken token, Invitations invitations) {
        this.token = token;
        this.invitations = invitations;
    }

    /** @param itemId the item to give new credentials or consent; absent to connect another bank */
    public record Wanted(String itemId) {}

    /** @param expiresAt when the provider stops taking the token */
    public record Opened(String connectToken, String connectUrl, Instant expiresAt) {
        /** Returns what opens the widget. */
        public static Opened of(LinkInvitation invitation) {
            return new Opened(invitation.token(), invitation.url(), invitation.expiresAt());
        }

        @Override
        public String toString() {
            return "Opened[expiresAt=" + expiresAt + "]";
        }
    }

    /** The body may be absent. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    @Operation(
            operationId = "createConnectToken",
            summary = "Opens the provider's widget, for a new bank or an existing connection")
    @Answers({
        ProblemCode.ITEM_NOT_FOUND,
        ProblemCode.TOO_MANY_REQUESTS,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE
    })
    public Uni<Opened> open(Wanted wanted) {
        Caller caller = Caller.of(token);
        return invitations.invite(caller, item(wanted)).map(Opened::of);
    }

    private static String item(Wanted wanted) {
        if (wanted == null || wanted.itemId() == null) {
            return null;
        }
        UUID id = Parameters.id(wanted.itemId());
        if (id == null) {
            throw ProblemCode.INVALID_BODY.because("item_id must be a UUID");
        }
        return id.toString();
    }
}
