package dev.afluente.sync.transaction;

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
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The ledger's transactions, read. */
@Path("/api/banking/transactions")
@RolesAllowed("user")
@Tag(name = "Transactions")
public class TransactionResource {
    private final Transactions transactions;
    private final JsonWebToken token;

    @Inject
    public TransactionResource(Transactions transactions, JsonWebToken token) {
        this.transactions = transactions;
        this.token = token;
    }

    /** Lists the caller's transactions, newest first; 400 {@code invalid_parameter} or {@code invalid_cursor}. */
    @GET
    @Operation(operationId = "listTransactions", summary = "The caller's transactions, newest first")
    @TransactionFilter.Taken
    @Takes.Pages
    @Answers({ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_CURSOR})
    public Uni<Page<TransactionView>> list(@Context UriInfo uri) {
        Query query = TransactionFilter.query(uri.getQueryParameters());
        TransactionFilter filter = TransactionFilter.of(query);
        Cursor after = Cursor.decode(query.text("cursor"), filter.toString());
        return transactions.list(Caller.of(token), filter, query.limit(), after);
    }

    /** Returns one transaction; 404 {@code transaction_not_found}, also when it is somebody else's. */
    @GET
    @Path("{id}")
    @Operation(operationId = "getTransaction", summary = "One transaction")
    @Answers(ProblemCode.TRANSACTION_NOT_FOUND)
    public Uni<TransactionView> one(@PathParam("id") String id) {
        return transactions
                .one(Caller.of(token), Ids.read(id, ProblemCode.TRANSACTION_NOT_FOUND))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.TRANSACTION_NOT_FOUND::problem);
    }
}
