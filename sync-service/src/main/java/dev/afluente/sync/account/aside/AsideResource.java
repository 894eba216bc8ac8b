package dev.afluente.sync.account.aside;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Cursor;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Language;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** What of an account could not be read. */
@Path("/api/banking/accounts/{id}/set_aside")
@RolesAllowed("user")
@Tag(name = "Accounts")
public class AsideResource {
    private final Asides asides;
    private final JsonWebToken token;

    @Inject
    public AsideResource(Asides asides, JsonWebToken token) {
        this.asides = asides;
        this.token = token;
    }

    /** 404 {@code account_not_found}, also when it is somebody else's; 400 for its parameters. */
    @GET
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT_LANGUAGE)
    @Operation(
            operationId = "listSetAside",
            summary = "The rows of an account that could not be read, latest first",
            description =
                    "A row is listed from when it first came in such a form until it is read. What it holds is not"
                            + " shown. Meanings are " + Language.RULE)
    @Takes.Pages
    @Answers({ProblemCode.ACCOUNT_NOT_FOUND, ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<AsideView>> list(@PathParam("id") String text, @Context UriInfo uri, @Context HttpHeaders headers) {
        UUID account = Ids.read(text, ProblemCode.ACCOUNT_NOT_FOUND);
        Language language = Language.of(headers);
        Query query = Query.of(uri.getQueryParameters(), Set.of());
        Cursor after = Cursor.decode(query.text("cursor"), account.toString());
        return asides.of(Caller.of(token), account, query.limit(), after)
                .onItem()
                .ifNull()
                .failWith(ProblemCode.ACCOUNT_NOT_FOUND::problem)
                .map(page -> page.map(row -> row.in(language)));
    }
}
