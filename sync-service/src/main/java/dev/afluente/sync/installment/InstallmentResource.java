package dev.afluente.sync.installment;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Cursor;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Purchases in instalments that are not paid off. */
@Path("/api/banking/installments")
@RolesAllowed("user")
@Tag(name = "Bills")
public class InstallmentResource {
    private final Installments installments;
    private final JsonWebToken token;

    @Inject
    InstallmentResource(Installments installments, JsonWebToken token) {
        this.installments = installments;
        this.token = token;
    }

    /** Lists the caller's open purchases; 400 {@code invalid_parameter} or {@code invalid_cursor}. */
    @GET
    @Operation(operationId = "listInstallments", summary = "Purchases of which instalments are left, the latest first")
    @Takes(value = "account_id", format = "uuid", says = "Only this card's.")
    @Takes.Pages
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<OpenPurchase>> list(@Context UriInfo uri) {
        Query query = Query.of(uri.getQueryParameters(), Set.of("account_id"));
        UUID account = query.id("account_id");
        Cursor after = Cursor.decode(query.text("cursor"), String.valueOf(account));
        return installments.list(Caller.of(token), account, query.limit(), after);
    }
}
