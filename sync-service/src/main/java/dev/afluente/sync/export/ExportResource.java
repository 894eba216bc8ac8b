package dev.afluente.sync.export;

import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Query;
import dev.afluente.sync.transaction.TransactionFilter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The ledger as a file to keep, or to give to an accountant. */
@Path("/api/banking/transactions/export")
@RolesAllowed("user")
@Tag(name = "Transactions")
public class ExportResource {
    private static final String CSV = "text/csv";
    private static final String OFX = "application/x-ofx";
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");

    private final Export export;
    private final JsonWebToken token;

    @Inject
    public ExportResource(Export export, JsonWebToken token) {
        this.export = export;
        this.token = token;
    }

    /** Streams what the list shows under the same filters; 400 {@code invalid_parameter}. */
    @GET
    @Operation(operationId = "exportTransactions", summary = "The caller's transactions as a file, newest first")
    @Takes(
            value = "format",
            oneOf = {"csv", "ofx"},
            says = "Needed.")
    @Takes(
            value = "dialect",
            oneOf = {"rfc4180", "excel_br"},
            says = "Of csv: commas and decimal points, or semicolons and decimal commas as Excel in Brazil reads them.")
    @TransactionFilter.Taken
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = CSV, schema = @Schema(implementation = String.class)),
                @Content(mediaType = OFX, schema = @Schema(implementation = String.class))
            })
    @Answers(ProblemCode.INVALID_PARAMETER)
    public Uni<Void> export(@Context UriInfo uri, @Context HttpServerResponse response) {
        Caller caller = Caller.of(token);
        Query query = TransactionFilter.query(uri.getQueryParameters(), "format", "dialect");
        requireWhole(query);
        TransactionFilter filter = TransactionFilter.of(query);
        String format = query.word("format", List.of("CSV", "OFX"));
        String dialect = query.word("dialect", List.of("RFC4180", "EXCEL_BR"));
        if (format == null || (dialect != null && !format.equals("CSV"))) {
            throw ProblemCode.INVALID_PARAMETER.because("format is csv or ofx; dialect goes with csv.");
        }
        return format.equals("OFX")
                ? export.ofx(caller, filter).chain(file -> send(response, file, OFX, "ofx"))
                : export.csv(caller, filter, dialect == null ? Dialect.RFC4180 : Dialect.valueOf(dialect))
                        .chain(file -> send(response, file, CSV + ";charset=UTF-8", "csv"));
    }

    private static void requireWhole(Query query) {
        if (query.text("limit") != null || query.text("cursor") != null) {
            throw ProblemCode.INVALID_PARAMETER.because("An export has no pages: it takes neither limit nor cursor.");
        }
    }

    private static Uni<Void> send(HttpServerResponse response, Multi<byte[]> file, String type, String extension) {
        String name = "transactions-" + LocalDate.now(Clock.system(SAO_PAULO)) + "." + extension;
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return Download.send(response, file);
    }
}
