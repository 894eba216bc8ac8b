package dev.afluente.sync.history.live;

import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.history.History;
import dev.afluente.sync.history.RunView;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Language;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** A run while it runs. */
@Path("/api/banking/sync_runs/{id}/events")
@RolesAllowed("user")
@Tag(name = "Sync runs")
public class ProgressResource {
    private final History history;
    private final RunWatch watch;
    private final JsonWebToken token;

    @Inject
    public ProgressResource(History history, RunWatch watch, JsonWebToken token) {
        this.history = history;
        this.watch = watch;
        this.token = token;
    }

    /**
     * Tells the run as it is, then again whenever it has changed, and ends after its end or when the token expires; 404
     * {@code sync_run_not_found}, also when it is somebody else's, 429 {@code too_many_requests}.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "followSyncRun",
            summary = "One sync run, live",
            description =
                    "Server-sent events named run. Each holds the whole run with its accounts, as getSyncRun answers"
                            + " it, and an id: a client that comes back with Last-Event-ID is not told again what it has. The"
                            + " stream ends after the final state; comments keep it alive in between. Meanings are "
                            + Language.RULE)
    @APIResponse(
            responseCode = "200",
            description = "The run now, and after every change",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = RunView.class)))
    @Answers({ProblemCode.SYNC_RUN_NOT_FOUND, ProblemCode.TOO_MANY_REQUESTS})
    public Uni<Void> follow(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String known,
            @Context HttpHeaders headers,
            @Context SseEventSink sink,
            @Context Sse sse) {
        Caller caller = Caller.of(token);
        Language language = Language.of(headers);
        Instant until = Instant.ofEpochSecond(token.getExpirationTime());
        // A stream that is returned has sent its head before anybody looked: with a sink there is still time to refuse.
        return history.one(caller, Ids.read(id, ProblemCode.SYNC_RUN_NOT_FOUND))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.SYNC_RUN_NOT_FOUND::problem)
                .invoke(run -> watch.follow(caller, run, new Line(sse, sink, known, language, until)))
                .replaceWithVoid();
    }
}
