package dev.afluente.connections.credential;

import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.limit.Limit;
import dev.afluente.connections.limit.Limits;
import dev.afluente.connections.link.ConnectTokenResource.Opened;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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

/** Gives a connection new credentials. */
@Path("/api/banking/connections")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Commands")
public class CredentialResource {
    private final JsonWebToken token;
    private final Limits limits;
    private final Renewal renewal;

    CredentialResource(JsonWebToken token, Limits limits, Renewal renewal) {
        this.token = token;
        this.limits = limits;
        this.renewal = renewal;
    }

    /** @param runId the run that reads the bank with the new credentials */
    public record Renewed(String status, UUID runId) {}

    /** Without parameters 200 with what opens the widget for this connection; with them 202. */
    @POST
    @Path("{id}/update_credentials")
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    @Operation(operationId = "updateCredentials", summary = "Gives new credentials, or opens the widget for them")
    @APIResponse(
            responseCode = "202",
            description = "Passed on; the run reads the bank with them",
            content = @Content(schema = @Schema(implementation = Renewed.class)))
    @APIResponse(
            responseCode = "200",
            description = "Opens the widget",
            content = @Content(schema = @Schema(implementation = Opened.class)))
    @Answers({
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.CREDENTIALS_REFUSED,
        ProblemCode.CONNECTION_BUSY,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE,
        ProblemCode.TOO_MANY_REQUESTS
    })
    public Uni<Response> updateCredentials(
            @PathParam("id") String id, Credentials credentials, @HeaderParam("traceparent") String traceparent) {
        Caller caller = Caller.of(token);
        UUID connection = Parameters.connection(id);
        if (credentials == null || credentials.areAbsent()) {
            return renewal.invite(caller, connection)
                    .map(invitation -> Response.ok(Opened.of(invitation)).build());
        }
        credentials.requireSized();
        return limits.take(caller, Limit.CREDENTIALS)
                .chain(() ->
                        renewal.renew(caller, connection, credentials.parameters(), TraceParent.continued(traceparent)))
                .map(run -> Response.accepted(new Renewed("SYNC_STARTED", run)).build());
    }
}
