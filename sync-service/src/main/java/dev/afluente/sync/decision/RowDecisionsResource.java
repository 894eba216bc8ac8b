package dev.afluente.sync.decision;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Cursor;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Language;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** Why a person's row is as it is, also one that has been removed. */
@Path("/api/banking/transactions/{id}/decisions")
@RolesAllowed("user")
@Tag(name = "Decisions")
public class RowDecisionsResource {
    private final Decisions decisions;
    private final JsonWebToken token;

    @Inject
    public RowDecisionsResource(Decisions decisions, JsonWebToken token) {
        this.decisions = decisions;
        this.token = token;
    }

    /** Lists what was decided about a row; 404 {@code transaction_not_found}, also when it is somebody else's. */
    @GET
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT_LANGUAGE)
    @Operation(
            operationId = "listTransactionDecisions",
            summary = "Why a transaction is as it is, latest first",
            description = "Meanings are " + Language.RULE)
    @Takes.Pages
    @Answers({ProblemCode.TRANSACTION_NOT_FOUND, ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<DecisionView>> list(
            @PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers) {
        UUID transaction = Ids.read(id, ProblemCode.TRANSACTION_NOT_FOUND);
        Language language = Language.of(headers);
        Query query = Query.of(uri.getQueryParameters(), Set.of());
        Cursor after = Cursor.decode(query.text("cursor"), transaction.toString());
        return decisions
                .ofRow(Caller.of(token), transaction, query.limit(), after)
                .onItem()
                .ifNull()
                .failWith(ProblemCode.TRANSACTION_NOT_FOUND::problem)
                .map(page -> page.map(decision -> decision.in(language)));
    }
}
