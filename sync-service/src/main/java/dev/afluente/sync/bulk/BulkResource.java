package dev.afluente.sync.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Many transactions into one category. */
@Path("/api/banking/transactions/bulk_categorize")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Transactions")
public class BulkResource {
    private final BulkCategorisation categorisation;
    private final JsonWebToken token;

    @Inject
    public BulkResource(BulkCategorisation categorisation, JsonWebToken token) {
        this.categorisation = categorisation;
        this.token = token;
    }

    /**
     * Repeatable: what carries the category already is not written. 404 {@code category_not_found}; an id that is not the
     * caller's is counted, not refused.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    @Operation(
            operationId = "bulkCategorize",
            summary = "Puts transactions, by id or by filter, into a category",
            description = "At most 1,000 ids, or a filter that means at most 20,000 transactions. With create_rule the"
                    + " same is done from now on.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BulkBody.class)))
    @Answers({
        ProblemCode.INVALID_PARAMETER,
        ProblemCode.CATEGORY_NOT_FOUND,
        ProblemCode.ACCOUNT_NOT_FOUND,
        ProblemCode.CONFLICT
    })
    public Uni<BulkOutcome> categorize(JsonNode body) {
        return categorisation.apply(Caller.of(token), BulkRequest.read(body));
    }
}
