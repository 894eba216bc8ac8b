package dev.afluente.sync.edit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.MergePatch;
import dev.afluente.sync.transaction.TransactionView;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A person's own words on a transaction. */
@Path("/api/banking/transactions")
@RolesAllowed("user")
@Tag(name = "Transactions")
public class EditResource {
    private final Edits edits;
    private final ObjectMapper json;
    private final JsonWebToken token;

    @Inject
    public EditResource(Edits edits, ObjectMapper json, JsonWebToken token) {
        this.edits = edits;
        this.json = json;
        this.token = token;
    }

    /** Sets or clears category and notes; 404 {@code transaction_not_found}, also when it is somebody else's. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @Cancellable(false)
    @Operation(
            operationId = "editTransaction",
            summary = "Sets the person's own category and notes, which every sync leaves alone")
    @RequestBody(
            required = true,
            description = "A JSON merge patch: what is absent stays, null clears.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Edit.Body.class)),
                @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(implementation = Edit.Body.class))
            })
    @Answers(ProblemCode.TRANSACTION_NOT_FOUND)
    public Uni<TransactionView> edit(@PathParam("id") String id, String body) {
        Caller caller = Caller.of(token);
        return edits.apply(caller, Ids.read(id, ProblemCode.TRANSACTION_NOT_FOUND), Edit.read(json, body))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.TRANSACTION_NOT_FOUND::problem);
    }
}
