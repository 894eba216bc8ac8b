package dev.afluente.connections.notification;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.http.IdCursor;
import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.notification.Notifications.Filter;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What needs the caller. */
@Path("/api/banking/notifications")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class NotificationResource {
    private final JsonWebToken token;
    private final Database database;
    private final Notifications notifications;
    private final Clock clock;

    NotificationResource(JsonWebToken token, Database database, Notifications notifications, Clock clock) {
        this.token = token;
        this.database = database;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Newest first; without those whose cause is gone, unless they are asked for. */
    @GET
    public Uni<Page<NotificationView>> list(
            @QueryParam("unread") String unread,
            @QueryParam("include_cleared") String cleared,
            @QueryParam("limit") String limitText,
            @QueryParam("cursor") String cursor) {
        Caller caller = Caller.of(token);
        int limit = Parameters.limit(limitText);
        Filter filter = new Filter(
                isTrue(Parameters.flag("unread", unread)),
                isTrue(Parameters.flag("include_cleared", cleared)),
                IdCursor.read(cursor));
        return database.ofTenant(caller.tenant(), () -> notifications.page(caller, filter, limit + 1))
                .map(rows -> rows.stream().map(NotificationView::of).toList())
                .map(views -> Page.of(views, limit, last -> IdCursor.after(last.id())));
    }

    /** Repeatable: the time of the first stays. */
    @POST
    @Path("{id}/read")
    @Cancellable(false)
    public Uni<NotificationView> read(@PathParam("id") String idText) {
        Caller caller = Caller.of(token);
        UUID id = Parameters.id(idText);
        if (id == null) {
            throw ProblemCode.NOTIFICATION_NOT_FOUND.problem();
        }
        return database.ofTenant(caller.tenant(), () -> notifications
                        .read(caller, id, clock.instant())
                        .chain(() -> notifications.ofUser(caller, id)))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.NOTIFICATION_NOT_FOUND::problem)
                .map(NotificationView::of);
    }

    private static boolean isTrue(Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
