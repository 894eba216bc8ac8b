package dev.afluente.sync.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Cursor;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.MergePatch;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** The accounts and cards of the ledger, and the names people give them. */
@Path("/api/banking/accounts")
@RolesAllowed("user")
@Tag(name = "Accounts")
public class AccountResource {
    private static final int MAX_ALIAS = 80;

    private final Accounts accounts;
    private final ObjectMapper json;
    private final JsonWebToken token;

    @Inject
    public AccountResource(Accounts accounts, ObjectMapper json, JsonWebToken token) {
        this.accounts = accounts;
        this.json = json;
        this.token = token;
    }

    /** Lists the caller's accounts; 400 {@code invalid_parameter} or {@code invalid_cursor}. */
    @GET
    @Operation(operationId = "listAccounts", summary = "The caller's accounts and cards, oldest first")
    @Takes(value = "connection_id", format = "uuid", says = "Only this connection's.")
    @Takes.Pages
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<AccountView>> list(@Context UriInfo uri) {
        Query query = Query.of(uri.getQueryParameters(), Set.of("connection_id"));
        UUID connection = query.id("connection_id");
        Cursor after = Cursor.decode(query.text("cursor"), String.valueOf(connection));
        return accounts.list(Caller.of(token), connection, query.limit(), after);
    }

    /** Returns one account; 404 {@code account_not_found}, also when it is somebody else's. */
    @GET
    @Path("{id}")
    @Operation(operationId = "getAccount", summary = "One account")
    @Answers(ProblemCode.ACCOUNT_NOT_FOUND)
    public Uni<AccountView> one(@PathParam("id") String id) {
        return accounts.one(Caller.of(token), Ids.read(id, ProblemCode.ACCOUNT_NOT_FOUND))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.ACCOUNT_NOT_FOUND::problem);
    }

    /** The body of {@link #rename} as the document shows it. */
    @Schema(name = "AccountEdit")
    record Edit(
            @Schema(nullable = true, minLength = 1, maxLength = MAX_ALIAS, description = "Null takes the name away.")
            String alias) {}

    /** Gives an account a name; 404 {@code account_not_found}, also when it is somebody else's. */
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @Cancellable(false)
    @Operation(operationId = "editAccount", summary = "Gives an account a name, which every sync leaves alone")
    @RequestBody(
            required = true,
            description = "A JSON merge patch: what is absent stays, null clears.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Edit.class)),
                @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(implementation = Edit.class))
            })
    @Answers(ProblemCode.ACCOUNT_NOT_FOUND)
    public Uni<AccountView> rename(@PathParam("id") String id, String body) {
        UUID account = Ids.read(id, ProblemCode.ACCOUNT_NOT_FOUND);
        MergePatch patch = MergePatch.read(json, body, Set.of("alias"));
        String alias = patch.words("alias", MAX_ALIAS);
        Caller caller = Caller.of(token);
        return (patch.has("alias") ? accounts.rename(caller, account, alias) : accounts.one(caller, account))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.ACCOUNT_NOT_FOUND::problem);
    }
}
