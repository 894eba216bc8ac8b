package dev.afluente.connections.consent;

import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.http.Parameters;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The consent a connection rests on, as it was last told; each state the provider tells brings it anew. */
@Path("/api/banking/connections")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Connections")
public class ConsentResource {
    private final JsonWebToken token;
    private final Database database;
    private final Connections connections;
    private final Clock clock;

    ConsentResource(JsonWebToken token, Database database, Connections connections, Clock clock) {
        this.token = token;
        this.database = database;
        this.connections = connections;
        this.clock = clock;
    }

    /** 404 {@code consent_not_found} when the connection rests on none. */
    @GET
    @Path("{id}/consent")
    @Operation(operationId = "getConsent", summary = "The consent a connection rests on")
    @Answers({ProblemCode.CONNECTION_NOT_FOUND, ProblemCode.CONSENT_NOT_FOUND})
    public Uni<ConsentView> get(@PathParam("id") String idText) {
        Caller caller = Caller.of(token);
        UUID id = Parameters.connection(idText);
        return database.ofTenant(caller.tenant(), () -> connections.ofUser(caller, id))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.CONNECTION_NOT_FOUND::problem)
                .map(connection -> ConsentView.of(connection.state(), clock.instant()))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.CONSENT_NOT_FOUND::problem);
    }
}
