package dev.afluente.sync.dashboard;

import dev.afluente.model.http.Caller;
import dev.afluente.model.openapi.Answers;
import dev.afluente.model.openapi.Takes;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Language;
import dev.afluente.sync.http.Query;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** The caller's money at a glance. */
@Path("/api/banking/dashboard")
@RolesAllowed("user")
@Tag(name = "Dashboard")
public class DashboardResource {
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");

    private final Dashboard dashboard;
    private final JsonWebToken token;

    @Inject
    public DashboardResource(Dashboard dashboard, JsonWebToken token) {
        this.dashboard = dashboard;
        this.token = token;
    }

    /** Without a month: the present one in São Paulo. 400 {@code invalid_parameter}. */
    @GET
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT_LANGUAGE)
    @Operation(
            operationId = "getDashboard",
            summary = "Balances, and a month's income and expense by category and connection",
            description = "Providers' categories are named " + Language.RULE)
    @Takes(value = "month", says = "Such as 2026-03, by booking days in São Paulo; the present one when absent.")
    @Answers(ProblemCode.INVALID_PARAMETER)
    public Uni<DashboardView> show(@Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = Query.of(uri.getQueryParameters(), Set.of("month"));
        query.requireNoPaging();
        YearMonth asked = query.month("month");
        return dashboard.of(Caller.of(token), asked == null ? YearMonth.now(SAO_PAULO) : asked, Language.of(headers));
    }
}
