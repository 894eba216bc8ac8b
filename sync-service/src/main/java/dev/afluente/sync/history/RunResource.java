package dev.afluente.sync.history;

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

/** The history of sync runs. */
@Path("/api/banking/sync_runs")
@RolesAllowed("user")
@Tag(name = "Sync runs")
public class RunResource {
    private final History history;
    private final JsonWebToken token;

    @Inject
    public RunResource(History history, JsonWebToken token) {
        this.history = history;
        this.token = token;
    }

    /** Lists the caller's runs; 400 {@code invalid_parameter} or {@code invalid_cursor}. */
    @GET
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT_LANGUAGE)
    @Operation(
            operationId = "listSyncRuns",
            summary = "The caller's sync runs, newest first",
            description = "Meanings are " + Language.RULE)
    @Takes(value = "connection_id", format = "uuid", says = "Only this connection's.")
    @Takes.Pages
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<RunView>> list(@Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = Query.of(uri.getQueryParameters(), Set.of("connection_id"));
        UUID connection = query.id("connection_id");
        Cursor after = Cursor.decode(query.text("cursor"), String.valueOf(connection));
        Language language = Language.of(headers);
        return history.list(Caller.of(token), connection, query.limit(), after)
                .map(page -> page.map(run -> run.in(language)));
    }

    /** Returns one run with its accounts; 404 {@code sync_run_not_found}, also when it is somebody else's. */
    @GET
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT_LANGUAGE)
    @Path("{id}")
    @Operation(operationId = "getSyncRun", summary = "One sync run", description = "Meanings are " + Language.RULE)
    @Answers(ProblemCode.SYNC_RUN_NOT_FOUND)
    public Uni<RunView> one(@PathParam("id") String id, @Context HttpHeaders headers) {
        Language language = Language.of(headers);
        return history.one(Caller.of(token), Ids.read(id, ProblemCode.SYNC_RUN_NOT_FOUND))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.SYNC_RUN_NOT_FOUND::problem)
                .map(run -> run.in(language));
    }
}
