package dev.afluente.sync.account.refresh;

import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Has an account's bank read now. */
@Path("/api/banking/accounts")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class RefreshResource {
    private final Refresh refresh;
    private final JsonWebToken token;

    @Inject
    public RefreshResource(Refresh refresh, JsonWebToken token) {
        this.refresh = refresh;
        this.token = token;
    }

    /** Passes the wish on to connection-service; 404 {@code account_not_found}, also when it is somebody else's. */
    @POST
    @Path("{id}/sync")
    @Cancellable(false)
    @Operation(operationId = "syncAccount", summary = "Has the account's bank read now, with all its accounts")
    @APIResponse(
            responseCode = "202",
            description = "The bank is being read",
            content = @Content(schema = @Schema(implementation = SyncAnswered.class)))
    @APIResponse(
            responseCode = "200",
            description = "Something has to happen first",
            content = @Content(schema = @Schema(implementation = SyncAnswered.class)))
    @Answers({
        ProblemCode.ACCOUNT_NOT_FOUND,
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE,
        ProblemCode.TOO_MANY_REQUESTS,
        ProblemCode.UPSTREAM_UNAVAILABLE
    })
    public Uni<Response> sync(@PathParam("id") String id, @HeaderParam("traceparent") String traceparent) {
        UUID account = Ids.read(id, ProblemCode.ACCOUNT_NOT_FOUND);
        return refresh.ask(Caller.of(token), account, "Bearer " + token.getRawToken(), traceparent);
    }
}
