package dev.afluente.connections.notification;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.http.IdCursor;
import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.notification.Notifications.Filter;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What needs the caller. */
@Path("/api/banking/notifications")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notifications")
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
    @Operation(operationId = "listNotifications", summary = "What needs the caller, newest first")
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<NotificationView>> list(
            @Parameter(description = "Only those not read yet.", schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("unread")
                    String unread,
            @Parameter(description = "Also those whose cause is gone.", schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("include_cleared")
                    String cleared,
            @Parameter(
                            description = "Rows to answer.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "500",
                                            defaultValue = "50"))
                    @QueryParam("limit")
                    String limitText,
            @Parameter(description = "next_cursor of the page before.") @QueryParam("cursor") String cursor) {
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
    @Operation(operationId = "readNotification", summary = "Marks a notification as read")
    @Answers(ProblemCode.NOTIFICATION_NOT_FOUND)
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
