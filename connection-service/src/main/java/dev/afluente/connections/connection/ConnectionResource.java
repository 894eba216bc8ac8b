package dev.afluente.connections.connection;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.http.IdCursor;
import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.words.BankWords;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
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
import java.util.stream.IntStream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's connections. */
@Path("/api/banking/connections")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Connections")
public class ConnectionResource {
    private static final String PATH = "/api/banking/connections/";

    private final JsonWebToken token;
    private final Database database;
    private final Connections connections;
    private final Linking linking;
    private final BankWords words;
    private final Clock clock;

    ConnectionResource(
            JsonWebToken token,
            Database database,
            Connections connections,
            Linking linking,
            BankWords words,
            Clock clock) {
        this.token = token;
        this.database = database;
        this.connections = connections;
        this.linking = linking;
        this.words = words;
        this.clock = clock;
    }

    /** @param itemId the id the provider's widget gave back */
    public record LinkedItem(String itemId) {}

    /** Newest first. */
    @GET
    @Operation(operationId = "listConnections", summary = "The caller's connections, newest first")
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<ConnectionView>> list(
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
        UUID before = IdCursor.read(cursor);
        return database.ofTenant(caller.tenant(), () -> connections.page(caller, before, limit + 1))
                .chain(this::views)
                .map(views -> Page.of(views, limit, last -> IdCursor.after(last.id())));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getConnection", summary = "One connection")
    @Answers(ProblemCode.CONNECTION_NOT_FOUND)
    public Uni<ConnectionView> get(@PathParam("id") String idText) {
        Caller caller = Caller.of(token);
        UUID id = Parameters.connection(idText);
        return database.ofTenant(caller.tenant(), () -> connections.ofUser(caller, id))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.CONNECTION_NOT_FOUND::problem)
                .chain(connection -> views(List.of(connection)))
                .map(views -> views.get(0));
    }

    /** 201 with the new connection, 200 when the item is connected already. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("create_from_item")
    @Cancellable(false)
    @Operation(operationId = "createConnection", summary = "Makes the connection of what the widget gave back")
    @Answers({
        ProblemCode.ITEM_NOT_FOUND,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE
    })
    @APIResponse(
            responseCode = "201",
            description = "Connected",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    @APIResponse(
            responseCode = "200",
            description = "Connected already",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
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

    /** Without the bank's words where they cannot be opened now: the rest is still worth seeing. */
    private Uni<List<ConnectionView>> views(List<Connection> rows) {
        return words.opened(rows).map(states -> IntStream.range(0, rows.size())
                .mapToObj(i -> ConnectionView.of(rows.get(i), states.get(i), clock.instant()))
                .toList());
    }
}
