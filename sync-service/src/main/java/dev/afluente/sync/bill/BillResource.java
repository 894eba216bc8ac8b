package dev.afluente.sync.bill;

import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Single bills. Their rows are in the transactions' list, filtered by {@code bill_id}. */
@Path("/api/banking/bills")
@RolesAllowed("user")
@Tag(name = "Bills")
public class BillResource {
    private final Bills bills;
    private final JsonWebToken token;

    @Inject
    BillResource(Bills bills, JsonWebToken token) {
        this.bills = bills;
        this.token = token;
    }

    /** Returns one bill with what its rows come to; 404 {@code bill_not_found}, also when it is somebody else's. */
    @GET
    @Path("{id}")
    @Operation(operationId = "getBill", summary = "One bill, by category and against its rows")
    @Answers(ProblemCode.BILL_NOT_FOUND)
    public Uni<BillView> one(@PathParam("id") String id) {
        return bills.one(Caller.of(token), Ids.read(id, ProblemCode.BILL_NOT_FOUND))
                .onItem()
                .ifNull()
                .failWith(ProblemCode.BILL_NOT_FOUND::problem);
    }
}
