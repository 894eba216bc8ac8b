package dev.afluente.sync.account;

import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.account.refresh.RefreshResource;
import dev.afluente.sync.account.refresh.SyncAnswered;
import dev.afluente.sync.account.status.StatusResource;
import dev.afluente.sync.account.status.StatusView;
import dev.afluente.sync.http.Language;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The older names of some operations, for frontends that know them. */
@Path("/api/banking/pluggy/accounts")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Older names")
public class OlderAccountPaths {
    private final StatusResource statuses;
    private final RefreshResource refreshes;

    @Inject
    public OlderAccountPaths(StatusResource statuses, RefreshResource refreshes) {
        this.statuses = statuses;
        this.refreshes = refreshes;
    }

    @GET
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT_LANGUAGE)
    @Path("{id}/status")
    @Operation(
            operationId = "getAccountStatusByOlderName",
            summary = "How fresh an account is, and what to do about it",
            description = "Meanings and advice are " + Language.RULE)
    @Answers(ProblemCode.ACCOUNT_NOT_FOUND)
    public Uni<StatusView> status(@PathParam("id") String id, @Context HttpHeaders headers) {
        return statuses.status(id, headers);
    }

    @POST
    @Path("{id}/sync")
    @Cancellable(false)
    @Operation(
            operationId = "syncAccountByOlderName",
            summary = "Has the account's bank read now, with all its accounts")
    @APIResponse(
            responseCode = "202",
            description = "The bank is being read",
            content = @Content(schema = @Schema(implementation = SyncAnswered.class)))
    @APIResponse(
            responseCode = "200",
            description = "Something has to happen first",
            content = @Content(schema = @Schema(implementation = SyncAnswered.class)))
    @Answers({
        ProblemCode.ACCOUNT_NOT_FOUND,
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE,
        ProblemCode.SECRETS_UNAVAILABLE,
        ProblemCode.TOO_MANY_REQUESTS,
        ProblemCode.UPSTREAM_UNAVAILABLE
    })
    public Uni<Response> sync(@PathParam("id") String id, @HeaderParam("traceparent") String traceparent) {
        return refreshes.sync(id, traceparent);
    }
}
