package dev.afluente.connections.check;

import dev.afluente.connections.connection.ConnectionView;
import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.limit.Limit;
import dev.afluente.connections.limit.Limits;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** How a connection is at this moment. */
@Path("/api/banking/connections")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Connections")
public class StatusResource {
    private final JsonWebToken token;
    private final Limits limits;
    private final StatusQuestion question;

    StatusResource(JsonWebToken token, Limits limits, StatusQuestion question) {
        this.token = token;
        this.limits = limits;
        this.question = question;
    }

    /** Asks the provider, stores what it tells, and returns the connection; counts against the caller's limit. */
    @GET
    @Path("{id}/check_status")
    @Cancellable(false)
    @Operation(operationId = "checkStatus", summary = "Asks the provider how the connection is")
    @Answers({
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.TOO_MANY_REQUESTS,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE
    })
    public Uni<ConnectionView> check(@PathParam("id") String idText, @HeaderParam("traceparent") String traceparent) {
        Caller caller = Caller.of(token);
        UUID id = Parameters.connection(idText);
        return limits.take(caller, Limit.STATUS_CHECK)
                .chain(() -> question.ask(caller, id, TraceParent.continued(traceparent)));
    }
}
