package dev.afluente.connections.removal;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.http.Parameters;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The older way to leave a bank, by one of its accounts; the id of the connection is taken as well. */
@Path("/api/banking/pluggy/accounts/{account_id}/disconnect")
@RolesAllowed("user")
@Tag(name = "Older names")
public class DisconnectResource {
    private final JsonWebToken token;
    private final Database database;
    private final AccountLinks accounts;
    private final Removal removal;

    DisconnectResource(JsonWebToken token, Database database, AccountLinks accounts, Removal removal) {
        this.token = token;
        this.database = database;
        this.accounts = accounts;
        this.removal = removal;
    }

    /** Removes the account's whole connection, as its DELETE does. */
    @DELETE
    @Cancellable(false)
    @Operation(operationId = "disconnectAccount", summary = "Removes the connection an account came through")
    @Answers(ProblemCode.ACCOUNT_NOT_FOUND)
    @APIResponse(responseCode = "204", description = "Removed, now or before")
    public Uni<Response> delete(
            @PathParam("account_id") String accountText, @HeaderParam("traceparent") String traceparent) {
        Caller caller = Caller.of(token);
        UUID account = Parameters.id(accountText);
        if (account == null) {
            throw ProblemCode.ACCOUNT_NOT_FOUND.problem();
        }
        String trace = TraceParent.continued(traceparent);
        return database.ofTenant(caller.tenant(), () -> accounts.connectionOf(caller.tenant(), account))
                .chain(connection -> removal.remove(caller, connection == null ? account : connection, trace))
                .map(removed -> {
                    if (!removed) {
                        throw ProblemCode.ACCOUNT_NOT_FOUND.problem();
                    }
                    return Response.noContent().build();
                });
    }

    /** The same. */
    @POST
    @Cancellable(false)
    @Operation(operationId = "disconnectAccountByPost", summary = "Removes the connection an account came through")
    @Answers(ProblemCode.ACCOUNT_NOT_FOUND)
    @APIResponse(responseCode = "204", description = "Removed, now or before")
    public Uni<Response> post(
            @PathParam("account_id") String accountText, @HeaderParam("traceparent") String traceparent) {
        return delete(accountText, traceparent);
    }
}
