package dev.afluente.connections.connection;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.http.IdCursor;
import dev.afluente.connections.http.Parameters;
import dev.afluente.model.event.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's connections. */
@Path("/api/banking/connections")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class ConnectionResource {
    private static final String PATH = "/api/banking/connections/";

    private final JsonWebToken token;
    private final Database database;
    private final Connections connections;
    private final Linking linking;
    private final Clock clock;

    ConnectionResource(JsonWebToken token, Database database, Connections connections, Linking linking, Clock clock) {
        this.token = token;
        this.database = database;
        this.connections = connections;
        this.linking = linking;
        this.clock = clock;
    }

    /** @param itemId the id the provider's widget gave back */
    public record LinkedItem(String itemId) {}

    /** Newest first. */
    @GET
    public Uni<Page<ConnectionView>> list(@QueryParam("limit") String limitText, @QueryParam("cursor") String cursor) {
        Caller caller = Caller.of(token);
        int limit = Parameters.limit(limitText);
        UUID before = IdCursor.read(cursor);
        return database.ofTenant(caller.tenant(), () -> connections.page(caller, before, limit + 1))
                .map(rows -> page(rows, limit));
    }

    @GET
    @Path("{id}")
    public Uni<ConnectionView> get(@PathParam("id") String idText) {
        Caller caller = Caller.of(token);
        UUID id = Parameters.id(idText);
        if (id == null) {
            throw ProblemCode.CONNECTION_NOT_FOUND.problem();
        }
        return database.ofTenant(caller.tenant(), () -> connections.ofUser(caller, id))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.CONNECTION_NOT_FOUND::problem)
                .map(connection -> ConnectionView.of(connection, clock.instant()));
    }

    /** 201 with the new connection, 200 when the item is connected already. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("create_from_item")
    @Cancellable(false)
    public Uni<Response> createFromItem(LinkedItem body, @HeaderParam("traceparent") String traceparent) {
        Caller caller = Caller.of(token);
        UUID item = body == null ? null : Parameters.id(body.itemId());
        if (item == null) {
            throw ProblemCode.INVALID_BODY.because("item_id must be a UUID");
        }
        return linking.link(caller, item.toString(), TraceParent.continued(traceparent))
                .map(linked -> response(linked.connection(), linked.made()));
    }

    private static Response response(ConnectionView connection, boolean made) {
        return made
                ? Response.status(Response.Status.CREATED)
                        .header("Location", PATH + connection.id())
                        .entity(connection)
                        .build()
                : Response.ok(connection).build();
    }

    private Page<ConnectionView> page(List<Connection> rows, int limit) {
        List<ConnectionView> views = rows.stream()
                .map(connection -> ConnectionView.of(connection, clock.instant()))
                .toList();
        return Page.of(views, limit, last -> IdCursor.after(last.id()));
    }
}
