package dev.afluente.sync.decision;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.decision.Undo.Undone;
import dev.afluente.sync.http.Cursor;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Language;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The merge ledger for the operators of a tenant: everybody's decisions within the tenant of the token. */
@Path("/api/banking/decisions")
@RolesAllowed("operator")
@Tag(name = "Decisions")
public class DecisionResource {
    private static final List<String> KINDS =
            List.of("NEW", "CHANGED", "POSTED", "SAME_AS", "REMOVED", "RETURNED", "UNDONE");

    private final Decisions decisions;
    private final Undo undo;
    private final JsonWebToken token;

    @Inject
    public DecisionResource(Decisions decisions, Undo undo, JsonWebToken token) {
        this.decisions = decisions;
        this.undo = undo;
        this.token = token;
    }

    /** Lists decisions; 400 {@code invalid_parameter} or {@code invalid_cursor}. */
    @GET
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT_LANGUAGE)
    @Operation(
            operationId = "listDecisions",
            summary = "What the merge decided, latest first (operators)",
            description = "Meanings are " + Language.RULE)
    @Takes(value = "account_id", format = "uuid", says = "Only about this account.")
    @Takes(value = "transaction_id", format = "uuid", says = "Only about this row; what is new is told per page.")
    @Takes(
            value = "kind",
            oneOf = {"NEW", "CHANGED", "POSTED", "SAME_AS", "REMOVED", "RETURNED", "UNDONE"},
            says = "In any case.")
    @Takes.Pages
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<DecisionView>> list(@Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = Query.of(uri.getQueryParameters(), Set.of("account_id", "transaction_id", "kind"));
        Decisions.Filter filter =
                new Decisions.Filter(query.id("account_id"), query.id("transaction_id"), query.word("kind", KINDS));
        Cursor after = Cursor.decode(query.text("cursor"), filter.toString());
        Language language = Language.of(headers);
        return decisions
                .list(Caller.of(token), filter, query.limit(), after)
                .map(page -> page.map(decision -> decision.in(language)));
    }

    /**
     * Takes a decision back and returns what stands now; the same again changes nothing. 404 {@code decision_not_found},
     * 409 {@code decision_final} when it takes one back itself, a later one rests on it, or it is about new rows and names
     * none; 400 {@code invalid_parameter}.
     */
    @POST
    @Path("{id}/undo")
    @Cancellable(false)
    @Operation(operationId = "undoDecision", summary = "Takes back what the merge decided about a row (operators)")
    @Takes(
            value = "transaction_id",
            format = "uuid",
            says = "Which of the rows that the decision says are new is none; only for such a decision.")
    @Answers({ProblemCode.DECISION_NOT_FOUND, ProblemCode.DECISION_FINAL, ProblemCode.INVALID_PARAMETER})
    public Uni<Undone> undo(@PathParam("id") String id, @Context UriInfo uri) {
        Query query = Query.of(uri.getQueryParameters(), Set.of("transaction_id"));
        query.requireNoPaging();
        UUID decision = Ids.read(id, ProblemCode.DECISION_NOT_FOUND);
        UUID row = query.id("transaction_id");
        Caller operator = Caller.of(token);
        return (row == null ? undo.of(operator, decision) : undo.of(operator, decision, row))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.DECISION_NOT_FOUND::problem);
    }
}
