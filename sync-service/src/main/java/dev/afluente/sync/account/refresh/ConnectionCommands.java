package dev.afluente.sync.account.refresh;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * connection-service's API as it is on the wire. Every call carries the caller's own token: this service has no rights
 * of its own there. Fails with {@link RefusedException} on any status of 400 and above.
 */
@RegisterRestClient(configKey = "connections")
@RegisterProvider(RefusedException.Reader.class)
@Path("/api/banking/connections")
interface ConnectionCommands {
    /** Has a connection's bank read now; 200 or 202 with what happens next. */
    @POST
    @Path("{id}/sync")
    Uni<RestResponse<String>> sync(
            @PathParam("id") UUID id,
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("traceparent") String traceparent);
}
