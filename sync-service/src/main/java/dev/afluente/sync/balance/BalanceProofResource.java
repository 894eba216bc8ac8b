package dev.afluente.sync.balance;

import dev.afluente.model.http.Caller;
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

/** Whether an account's rows explain its balance. */
@Path("/api/banking/accounts/{id}/balance_proof")
@RolesAllowed("user")
@Tag(name = "Accounts")
public class BalanceProofResource {
    private final BalanceProofs proofs;
    private final JsonWebToken token;

    @Inject
    public BalanceProofResource(BalanceProofs proofs, JsonWebToken token) {
        this.proofs = proofs;
        this.token = token;
    }

    /** 404 {@code account_not_found}, also when it is somebody else's; 400 for its parameters. */
    @GET
    @Operation(
            operationId = "getBalanceProof",
            summary = "What moved an account's balance, against its transactions",
            description =
                    "Between every two balances the provider told, their difference and that of the transactions' sum."
                            + " What a card's balance holds differs from bank to bank, so its drift hints and does not prove.")
    @Takes.Pages
    @Answers({ProblemCode.ACCOUNT_NOT_FOUND, ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<BalanceProofView> proof(@PathParam("id") String text, @Context UriInfo uri) {
        UUID account = Ids.read(text, ProblemCode.ACCOUNT_NOT_FOUND);
        Query query = Query.of(uri.getQueryParameters(), Set.of());
        Cursor after = Cursor.decode(query.text("cursor"), account.toString());
        return proofs.of(Caller.of(token), account, query.limit(), after);
    }
}
