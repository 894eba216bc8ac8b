package dev.afluente.sync.account.status;

import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Language;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** How fresh an account is. */
@Path("/api/banking/accounts")
@RolesAllowed("user")
@Tag(name = "Accounts")
public class StatusResource {
    private final Statuses statuses;
    private final JsonWebToken token;

    @Inject
    public StatusResource(Statuses statuses, JsonWebToken token) {
        this.statuses = statuses;
        this.token = token;
    }

    /** Returns an account's freshness; 404 {@code account_not_found}, also when it is somebody else's. */
    @GET
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT_LANGUAGE)
    @Path("{id}/status")
    @Operation(
            operationId = "getAccountStatus",
            summary = "How fresh an account is, and what to do about it",
            description = "Meanings and advice are " + Language.RULE)
    @Answers(ProblemCode.ACCOUNT_NOT_FOUND)
    public Uni<StatusView> status(@PathParam("id") String id, @Context HttpHeaders headers) {
        return statuses.of(Caller.of(token), Ids.read(id, ProblemCode.ACCOUNT_NOT_FOUND), Language.of(headers))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.ACCOUNT_NOT_FOUND::problem);
    }
}
