package dev.afluente.connections.connector;

import dev.afluente.connections.http.Parameters;
import dev.afluente.connections.provider.Bank;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The banks a person can connect, whole: they are some hundreds. */
@Path("/api/banking/connectors")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Banks")
public class ConnectorResource {
    private static final int MAX_TEXT = 100;

    private final JsonWebToken token;
    private final BankList list;

    ConnectorResource(JsonWebToken token, BankList list) {
        this.token = token;
        this.list = list;
    }

    /** {@code no_active_banks} when there is none at all; a filter that fits none answers an empty list. */
    @GET
    @Operation(operationId = "listBanks", summary = "The banks a person can connect")
    @Answers({
        ProblemCode.INVALID_PARAMETER,
        ProblemCode.NO_ACTIVE_BANKS,
        ProblemCode.PROVIDER_REJECTED,
        ProblemCode.PROVIDER_UNAVAILABLE
    })
    public Uni<Page<ConnectorView>> banks(
            @QueryParam("type") String type,
            @QueryParam("name") String name,
            @QueryParam("open_finance") String openFinance) {
        requireCaller();
        ConnectorFilter filter = new ConnectorFilter(
                Parameters.text("type", type, MAX_TEXT),
                Parameters.text("name", name, MAX_TEXT),
                Parameters.flag("open_finance", openFinance));
        return list.banks()
                .map(ConnectorResource::requireSome)
                .map(banks -> Page.whole(banks.stream()
                        .filter(filter::lets)
                        .map(ConnectorView::of)
                        .toList()));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getBank", summary = "One bank")
    @Answers({ProblemCode.BANK_NOT_FOUND, ProblemCode.PROVIDER_REJECTED, ProblemCode.PROVIDER_UNAVAILABLE})
    public Uni<ConnectorView> bank(@PathParam("id") String id) {
        requireCaller();
        return list.banks().map(banks -> banks.stream()
                .filter(bank -> bank.id().equals(id))
                .findFirst()
                .map(ConnectorView::of)
                .orElseThrow(ProblemCode.BANK_NOT_FOUND::problem));
    }

    /** The list is the same for everybody, but it is shown only to somebody. */
    private void requireCaller() {
        Caller unused = Caller.of(token);
    }

    private static List<Bank> requireSome(List<Bank> banks) {
        if (banks.isEmpty()) {
            throw ProblemCode.NO_ACTIVE_BANKS.problem();
        }
        return banks;
    }
}
