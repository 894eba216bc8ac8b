package dev.afluente.sync.feed;

import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The ledger's changes, for whoever keeps a copy of it. */
@Path("/api/banking/transactions/changes")
@RolesAllowed("user")
@Tag(name = "Transactions")
public class ChangesResource {
    private final Feed feed;
    private final JsonWebToken token;

    @Inject
    public ChangesResource(Feed feed, JsonWebToken token) {
        this.feed = feed;
        this.token = token;
    }

    /** Returns what happened since the cursor; 400 {@code invalid_parameter} or {@code invalid_cursor}. */
    @GET
    @Operation(
            operationId = "listTransactionChanges",
            summary = "What was added, modified and removed since a cursor; without one, everything from the start")
    @Takes.Pages
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<ChangesView> changes(@Context UriInfo uri) {
        Caller caller = Caller.of(token);
        Query query = Query.of(uri.getQueryParameters(), Set.of());
        FeedPosition position = FeedPosition.decode(query.text("cursor"), caller);
        return feed.after(caller, position, query.limit());
    }
}
