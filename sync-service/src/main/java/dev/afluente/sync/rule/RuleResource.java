package dev.afluente.sync.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The rules by which the caller's transactions get a category. */
@Path("/api/banking/category_rules")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Categories")
public class RuleResource {
    private final Rules rules;
    private final JsonWebToken token;

    @Inject
    public RuleResource(Rules rules, JsonWebToken token) {
        this.rules = rules;
        this.token = token;
    }

    /** Answers whole: at most {@value Rules#MAX}. */
    @GET
    @Operation(
            operationId = "listCategoryRules",
            summary = "The caller's rules in the order in which they are tried, in one page",
            description = "A category the caller chose for a transaction beats a rule, a rule beats the provider.")
    @Answers(ProblemCode.INVALID_PARAMETER)
    public Uni<Page<RuleView>> list(@Context UriInfo uri) {
        Query.of(uri.getQueryParameters(), Set.of()).requireNoPaging();
        return rules.list(Caller.of(token)).map(Page::whole);
    }

    /** 201, already applied; 404 for its category or account; 409 {@code conflict} when there are too many. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Cancellable(false)
    @Operation(operationId = "createCategoryRule", summary = "Makes a rule and applies it to what is there")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RuleDraft.class)))
    @APIResponse(
            responseCode = "201",
            description = "Made and applied",
            content = @Content(schema = @Schema(implementation = RuleView.class)))
    @Answers({ProblemCode.CATEGORY_NOT_FOUND, ProblemCode.ACCOUNT_NOT_FOUND, ProblemCode.CONFLICT})
    public Uni<RuleView> create(JsonNode body) {
        return rules.create(Caller.of(token), body);
    }

    /** What is absent stays, null takes a condition away; a repeat writes nothing. */
    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    @Operation(operationId = "changeCategoryRule", summary = "Changes a rule and applies it anew")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RuleDraft.class)))
    @Answers({ProblemCode.CATEGORY_RULE_NOT_FOUND, ProblemCode.CATEGORY_NOT_FOUND, ProblemCode.ACCOUNT_NOT_FOUND})
    public Uni<RuleView> change(@PathParam("id") String id, JsonNode body) {
        return rules.change(Caller.of(token), Ids.read(id, ProblemCode.CATEGORY_RULE_NOT_FOUND), body);
    }

    /** 204; what the rule said is forgotten. */
    @DELETE
    @Path("{id}")
    @Cancellable(false)
    @Operation(operationId = "deleteCategoryRule", summary = "Removes a rule and what it said")
    @Answers(ProblemCode.CATEGORY_RULE_NOT_FOUND)
    public Uni<Void> delete(@PathParam("id") String id) {
        return rules.delete(Caller.of(token), Ids.read(id, ProblemCode.CATEGORY_RULE_NOT_FOUND));
    }
}
