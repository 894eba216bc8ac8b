package dev.afluente.connections.removal;

import dev.afluente.connections.http.Parameters;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Leaving a bank. */
@Path("/api/banking/connections")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Connections")
public class RemovalResource {
    private final JsonWebToken token;
    private final Removal removal;

    RemovalResource(JsonWebToken token, Removal removal) {
        this.token = token;
        this.removal = removal;
    }

    /** @param revokedAt when the provider had given up consent and data; null while it has not, and is still being asked */
    public record Removed(
            Instant removedAt, @Schema(nullable = true) Instant revokedAt) {}

    /** 204, also when it was removed before. */
    @DELETE
    @Path("{id}")
    @Cancellable(false)
    @Operation(operationId = "removeConnection", summary = "Removes the connection and revokes its consent")
    @Answers(ProblemCode.CONNECTION_NOT_FOUND)
    @APIResponse(responseCode = "204", description = "Removed, now or before")
    public Uni<Response> remove(@PathParam("id") String idText, @HeaderParam("traceparent") String traceparent) {
        Caller caller = Caller.of(token);
        return removal.remove(caller, Parameters.connection(idText), TraceParent.continued(traceparent))
                .map(removed -> {
                    if (!removed) {
                        throw ProblemCode.CONNECTION_NOT_FOUND.problem();
                    }
                    return Response.noContent().build();
                });
    }

    /** How far the removal is; 404 unless the caller had this connection and it is removed. */
    @GET
    @Path("{id}/removal")
    @Operation(operationId = "getRemoval", summary = "How far the removal of a connection is")
    @Answers(ProblemCode.CONNECTION_NOT_FOUND)
    public Uni<Removed> removal(@PathParam("id") String idText) {
        Caller caller = Caller.of(token);
        return removal.past(caller, Parameters.connection(idText))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.CONNECTION_NOT_FOUND::problem)
                .map(connection -> new Removed(connection.removedAt(), connection.revokedAt()));
    }
}
