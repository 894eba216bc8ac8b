package dev.afluente.connections.manual;

import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.limit.Limit;
import dev.afluente.connections.limit.Limits;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
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

/** Has a connection's bank read now. */
@Path("/api/banking/connections")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Commands")
public class SyncResource {
    private final JsonWebToken token;
    private final Limits limits;
    private final ManualSync manual;

    SyncResource(JsonWebToken token, Limits limits, ManualSync manual) {
        this.token = token;
        this.limits = limits;
        this.manual = manual;
    }

    /** 202 when the bank is being read, 200 when something has to happen first; the body says what. */
    @POST
    @Path("{id}/sync")
    @Cancellable(false)
    @Operation(operationId = "syncConnection", summary = "Has the bank read now")
    @APIResponse(
            responseCode = "202",
            description = "The bank is being read",
            content = @Content(schema = @Schema(implementation = SyncAnswer.class)))
    @APIResponse(
            responseCode = "200",
            description = "Something has to happen first",
            content = @Content(schema = @Schema(implementation = SyncAnswer.class)))
    @Answers({
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE,
        ProblemCode.TOO_MANY_REQUESTS
    })
    public Uni<Response> sync(@PathParam("id") String id, @HeaderParam("traceparent") String traceparent) {
        Caller caller = Caller.of(token);
        UUID connection = Parameters.connection(id);
        return limits.take(caller, Limit.MANUAL_SYNC)
                .chain(() -> manual.sync(caller, connection, TraceParent.continued(traceparent)))
                .map(answer -> Response.status(answer.status().underWay() ? 202 : 200)
                        .entity(answer)
                        .build());
    }

    /** The older name. */
    @POST
    @Path("{id}/sync_transactions")
    @Cancellable(false)
    @Operation(operationId = "syncConnectionByOlderName", summary = "Has the bank read now")
    @APIResponse(
            responseCode = "202",
            description = "The bank is being read",
            content = @Content(schema = @Schema(implementation = SyncAnswer.class)))
    @APIResponse(
            responseCode = "200",
            description = "Something has to happen first",
            content = @Content(schema = @Schema(implementation = SyncAnswer.class)))
    @Answers({
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE,
        ProblemCode.TOO_MANY_REQUESTS
    })
    public Uni<Response> syncTransactions(@PathParam("id") String id, @HeaderParam("traceparent") String traceparent) {
        return sync(id, traceparent);
    }
}
