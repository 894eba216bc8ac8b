package dev.afluente.connections.http;

import dev.afluente.connections.connection.ConnectionResource;
import dev.afluente.connections.connection.ConnectionResource.LinkedItem;
import dev.afluente.connections.connection.ConnectionView;
import dev.afluente.connections.connector.ConnectorResource;
import dev.afluente.connections.connector.ConnectorView;
import dev.afluente.connections.link.ConnectTokenResource;
import dev.afluente.connections.link.ConnectTokenResource.Opened;
import dev.afluente.connections.link.ConnectTokenResource.Wanted;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The older names of some operations, for frontends that know them. */
@Path("/api/banking/pluggy")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Older names")
public class PluggyPaths {
    private final ConnectorResource connectors;
    private final ConnectTokenResource tokens;
    private final ConnectionResource connections;

    PluggyPaths(ConnectorResource connectors, ConnectTokenResource tokens, ConnectionResource connections) {
        this.connectors = connectors;
        this.tokens = tokens;
        this.connections = connections;
    }

    @GET
    @Path("banks")
    @Operation(operationId = "listBanksByOlderName", summary = "The banks a person can connect")
    @Answers({
        ProblemCode.INVALID_PARAMETER,
        ProblemCode.NO_ACTIVE_BANKS,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE
    })
    public Uni<Page<ConnectorView>> banks(
            @QueryParam("type") String type,
            @QueryParam("name") String name,
            @QueryParam("open_finance") String openFinance) {
        return connectors.banks(type, name, openFinance);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("connect-token")
    @Cancellable(false)
    @Operation(operationId = "createConnectTokenByOlderName", summary = "Opens the provider's widget")
    @Answers({
        ProblemCode.ITEM_NOT_FOUND,
        ProblemCode.TOO_MANY_REQUESTS,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE
    })
    public Uni<Opened> connectToken(Wanted wanted) {
        return tokens.open(wanted);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("callback")
    @Cancellable(false)
    @Operation(
            operationId = "createConnectionByOlderName",
            summary = "Makes the connection of what the widget gave back")
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
    public Uni<Response> callback(LinkedItem body, @HeaderParam("traceparent") String traceparent) {
        return connections.createFromItem(body, traceparent);
    }
}
