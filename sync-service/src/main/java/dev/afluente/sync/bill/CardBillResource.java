package dev.afluente.sync.bill;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Cursor;
import dev.afluente.sync.http.Ids;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The bills of one card. */
@Path("/api/banking/accounts/{id}/bills")
@RolesAllowed("user")
@Tag(name = "Bills")
public class CardBillResource {
    private final Bills bills;
    private final JsonWebToken token;

    @Inject
    CardBillResource(Bills bills, JsonWebToken token) {
        this.bills = bills;
        this.token = token;
    }

    /**
     * Lists a card's bills, the one due last first; none for another kind of account. 404 {@code account_not_found}, also
     * when it is somebody else's; 400 {@code invalid_parameter} or {@code invalid_cursor}.
     */
    @GET
    @Operation(operationId = "listBills", summary = "A card's bills, the one due last first")
    @Takes.Pages
    @Answers({ProblemCode.ACCOUNT_NOT_FOUND, ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<BillView>> list(@PathParam("id") String id, @Context UriInfo uri) {
        UUID account = Ids.read(id, ProblemCode.ACCOUNT_NOT_FOUND);
        Query query = Query.of(uri.getQueryParameters(), Set.of());
        Cursor after = Cursor.decode(query.text("cursor"), account.toString());
        return bills.list(Caller.of(token), account, query.limit(), after)
                .onItem()
                .ifNull()
                .failWith(ProblemCode.ACCOUNT_NOT_FOUND::problem);
    }
}
