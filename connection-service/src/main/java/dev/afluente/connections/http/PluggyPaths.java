package dev.afluente.connections.http;

import dev.afluente.connections.connection.ConnectionResource;
import dev.afluente.connections.connection.ConnectionResource.LinkedItem;
import dev.afluente.connections.connector.ConnectorResource;
import dev.afluente.connections.connector.ConnectorView;
import dev.afluente.connections.link.ConnectTokenResource;
import dev.afluente.connections.link.ConnectTokenResource.Opened;
import dev.afluente.connections.link.ConnectTokenResource.Wanted;
import dev.afluente.model.http.Page;
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
import org.jboss.resteasy.reactive.server.Cancellable;

/** The older names of some operations, for frontends that know them. */
@Path("/api/banking/pluggy")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
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
    public Uni<Opened> connectToken(Wanted wanted) {
        return tokens.open(wanted);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Path("callback")
    @Cancellable(false)
    public Uni<Response> callback(LinkedItem body, @HeaderParam("traceparent") String traceparent) {
        return connections.createFromItem(body, traceparent);
    }
}
