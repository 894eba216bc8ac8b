package dev.afluente.sync.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Cursor;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Members;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Transfers between the caller's own accounts. */
@Path("/api/banking/transfers")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Transfers")
public class TransferResource {
    private final Transfers transfers;
    private final JsonWebToken token;

    @Inject
    public TransferResource(Transfers transfers, JsonWebToken token) {
        this.transfers = transfers;
        this.token = token;
    }

    /** The two rows of a transfer; both ids are needed. */
    @Schema(requiredProperties = {"out_id", "in_id"})
    public record Pair(UUID outId, UUID inId) {}

    /** 400 {@code invalid_parameter} or {@code invalid_cursor}. */
    @GET
    @Operation(operationId = "listTransfers", summary = "Transfers between the caller's own accounts, newest first")
    @Takes.Pages
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<TransferView>> list(@Context UriInfo uri) {
        Query query = Query.of(uri.getQueryParameters(), Set.of());
        Cursor after = Cursor.decode(query.text("cursor"), Transfers.LIST);
        return transfers.list(Caller.of(token), query.limit(), after);
    }

    /** Repeatable. 404 {@code transaction_not_found}; 409 {@code conflict} when the two are no transfer. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    @Operation(operationId = "makeTransfer", summary = "Says that two transactions are one transfer")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Pair.class)))
    @Answers({ProblemCode.TRANSACTION_NOT_FOUND, ProblemCode.CONFLICT})
    public Uni<TransferView> make(JsonNode body) {
        Members members = Members.of(body, Set.of("out_id", "in_id"));
        Pair pair = new Pair(members.id("out_id"), members.id("in_id"));
        if (pair.outId() == null || pair.inId() == null) {
            throw ProblemCode.INVALID_BODY.because("Give out_id and in_id.");
        }
        return transfers.make(Caller.of(token), pair.outId(), pair.inId());
    }

    /** 204; the two are not found to be a transfer again. */
    @DELETE
    @Path("{id}")
    @Cancellable(false)
    @Operation(operationId = "refuseTransfer", summary = "Says that two transactions are no transfer")
    @Answers(ProblemCode.TRANSFER_NOT_FOUND)
    public Uni<Void> refuse(@PathParam("id") String id) {
        return transfers.refuse(Caller.of(token), Ids.read(id, ProblemCode.TRANSFER_NOT_FOUND));
    }
}
