package dev.afluente.sync.replay;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Cursor;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The inbox, for operators. */
@Path("/api/banking/events")
@RolesAllowed("operator")
@Tag(name = "Inbox")
public class EventResource {
    private final Events events;
    private final Replay replay;
    private final JsonWebToken token;

    @Inject
    public EventResource(Events events, Replay replay, JsonWebToken token) {
        this.events = events;
        this.replay = replay;
        this.token = token;
    }

    /** Lists what was received, newest first; 400 {@code invalid_parameter} or {@code invalid_cursor}. */
    @GET
    @Operation(operationId = "listEvents", summary = "What was received, newest first")
    @Takes(
            value = "state",
            oneOf = {"RECEIVED", "WAITING", "QUEUED", "RETRIED", "PROCESSED", "IGNORED", "DEAD"},
            says = "In any case; RECEIVED are those not done with: waiting, queued or retried.")
    @Takes(value = "provider", says = "Who told it, e.g. pluggy.")
    @Takes(value = "link_id", says = "The provider's link, e.g. Pluggy's item.")
    @Takes(value = "kind", says = "E.g. item/updated.")
    @Takes(value = "from", format = "date-time", says = "Received at or after.")
    @Takes(value = "to", format = "date-time", says = "Received before.")
    @Takes.Pages
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<ReceivedEvent>> list(@Context UriInfo uri) {
        Query query = Query.of(uri.getQueryParameters(), EventFilter.NAMES);
        EventFilter filter = EventFilter.of(query);
        Cursor after = Cursor.decode(query.text("cursor"), filter.toString());
        return events.list(Caller.of(token), filter, query.limit(), after);
    }

    /** Returns one event; 404 {@code event_not_found}, also when it is another tenant's. */
    @GET
    @Path("{id}")
    @Operation(operationId = "getEvent", summary = "One received event")
    @Answers(ProblemCode.EVENT_NOT_FOUND)
    public Uni<ReceivedEvent> one(@PathParam("id") String id) {
        return found(Caller.of(token), Ids.read(id, ProblemCode.EVENT_NOT_FOUND));
    }

    /**
     * Replays one event and returns it as it stands then; 404 {@code event_not_found}, 409 {@code event_not_replayable}
     * when it is on its way already, asks for nothing, or its connection is not there.
     */
    @POST
    @Path("{id}/replay")
    @Cancellable(false)
    @Operation(operationId = "replayEvent", summary = "Lets an event take effect once more")
    @Answers({ProblemCode.EVENT_NOT_FOUND, ProblemCode.EVENT_NOT_REPLAYABLE})
    public Uni<ReceivedEvent> replayOne(@PathParam("id") String id) {
        Caller operator = Caller.of(token);
        UUID event = Ids.read(id, ProblemCode.EVENT_NOT_FOUND);
        return found(operator, event)
                .chain(() -> replay.replay(operator, Set.of(event)))
                .chain(replayed -> replayed == 0
                        ? Uni.createFrom().failure(ProblemCode.EVENT_NOT_REPLAYABLE.problem())
                        : found(operator, event));
    }

    /** Replays many and tells how many it were; what cannot be replayed is left alone. 400 {@code invalid_body}. */
    @POST
    @Path("replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    @Operation(operationId = "replayEvents", summary = "Lets many events take effect once more")
    @Answers({ProblemCode.INVALID_BODY, ProblemCode.INVALID_CURSOR})
    public Uni<ReplayRequest.Report> replayMany(ReplayRequest request) {
        if (request == null) {
            throw ProblemCode.INVALID_BODY.problem();
        }
        request.check();
        Caller operator = Caller.of(token);
        if (request.ids() != null) {
            return replayed(operator, new HashSet<>(request.ids()), null);
        }
        EventFilter filter = request.filter().checked();
        Cursor after = Cursor.decode(request.cursor(), filter.toString());
        return events.list(operator, filter, Page.MAX_LIMIT, after)
                .chain(page -> replayed(operator, ids(page.data()), page.nextCursor()));
    }

    private Uni<ReplayRequest.Report> replayed(Caller operator, Set<UUID> ids, String nextCursor) {
        return replay.replay(operator, ids)
                .map(count -> new ReplayRequest.Report(count, ids.size() - count, nextCursor));
    }

    private Uni<ReceivedEvent> found(Caller operator, UUID id) {
        return events.one(operator, id).onItem().ifNull().failWith(ProblemCode.EVENT_NOT_FOUND::problem);
    }

    private static Set<UUID> ids(List<ReceivedEvent> page) {
        Set<UUID> ids = new HashSet<>();
        page.forEach(event -> ids.add(event.id()));
        return ids;
    }
}
