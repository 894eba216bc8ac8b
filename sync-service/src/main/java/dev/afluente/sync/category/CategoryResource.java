package dev.afluente.sync.category;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Language;
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
import jakarta.ws.rs.core.HttpHeaders;
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
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The categories of the providers and the caller's own. */
@Path("/api/banking/categories")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Categories")
public class CategoryResource {
    private final Categories categories;
    private final CategoryEdits edits;
    private final JsonWebToken token;

    @Inject
    public CategoryResource(Categories categories, CategoryEdits edits, JsonWebToken token) {
        this.categories = categories;
        this.edits = edits;
        this.token = token;
    }

    /** Answers whole: the providers' trees and at most {@value CategoryTree#MAX_OWN} of the caller's. */
    @GET
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT_LANGUAGE)
    @Operation(
            operationId = "listCategories",
            summary = "Every category the caller can use, in one page",
            description = "Providers' categories are named " + Language.RULE)
    @Answers(ProblemCode.INVALID_PARAMETER)
    public Uni<Page<CategoryView>> list(@Context UriInfo uri, @Context HttpHeaders headers) {
        Query.of(uri.getQueryParameters(), Set.of()).requireNoPaging();
        return categories.list(Caller.of(token), Language.of(headers)).map(Page::whole);
    }

    /** 201; 404 {@code category_not_found} for its parent; 409 {@code conflict} for its name, its depth or the number. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Cancellable(false)
    @Operation(operationId = "createCategory", summary = "Makes a category of the caller's own")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CategoryDraft.class)))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = CategoryView.class)))
    @Answers({ProblemCode.CATEGORY_NOT_FOUND, ProblemCode.CONFLICT})
    public Uni<CategoryView> create(JsonNode body) {
        return edits.create(Caller.of(token), body);
    }

    /** What is absent stays; a repeat writes nothing. Fails as {@link #create}. */
    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Cancellable(false)
    @Operation(operationId = "changeCategory", summary = "Changes a category of the caller's own")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CategoryDraft.class)))
    @Answers({ProblemCode.CATEGORY_NOT_FOUND, ProblemCode.CONFLICT})
    public Uni<CategoryView> change(@PathParam("id") String id, JsonNode body) {
        return edits.change(Caller.of(token), Ids.read(id, ProblemCode.CATEGORY_NOT_FOUND), body);
    }

    /** 204; 409 {@code category_in_use} for one that is not empty, unless {@code move_to} says where its content goes. */
    @DELETE
    @Path("{id}")
    @Cancellable(false)
    @Operation(operationId = "deleteCategory", summary = "Removes a category of the caller's own")
    @Takes(value = "move_to", says = "The category that its transactions and rules go to.")
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.CATEGORY_NOT_FOUND, ProblemCode.CATEGORY_IN_USE})
    public Uni<Void> delete(@PathParam("id") String id, @Context UriInfo uri) {
        Query query = Query.of(uri.getQueryParameters(), Set.of("move_to"));
        query.requireNoPaging();
        return edits.delete(Caller.of(token), Ids.read(id, ProblemCode.CATEGORY_NOT_FOUND), query.text("move_to"));
    }
}
