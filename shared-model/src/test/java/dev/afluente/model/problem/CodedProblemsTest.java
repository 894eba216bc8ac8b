package dev.afluente.model.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodedProblemsTest {
    private static final String SECRET = "password=hunter2 of ana@example.com";

    private final CodedProblems coded = new CodedProblems();

    /** The library's log (101) writes details down, and the framework's own quote what the client sent. */
    @Test
    void theFrameworksTextsAreGoneBeforeTheLogAndThePathAfterItIsAdded() {
        assertThat(coded.priority()).isGreaterThan(101);
        assertThat(new PathlessProblems().priority()).isNegative();
    }

    @Test
    void ourOwnProblemsPassAndNameNoPath() {
        HttpProblem own = ProblemCode.CONNECTION_NOT_FOUND.because("No such connection for you");
        HttpProblem named = HttpProblem.builder(own)
                .withInstance(URI.create("/api/banking/connections/1"))
                .build();

        HttpProblem told = apply(named, new IOException(SECRET));

        assertThat(told.getInstance()).isNull();
        assertThat(told.getStatusCode()).isEqualTo(own.getStatusCode());
        assertThat(told.getDetail()).isEqualTo(own.getDetail());
        assertThat(told.getParameters()).isEqualTo(own.getParameters());
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad_request, 400",
        "401, unauthorized, 401",
        "403, forbidden, 403",
        "404, not_found, 404",
        "405, method_not_allowed, 405",
        "406, not_acceptable, 406",
        "409, conflict, 409",
        "413, payload_too_large, 413",
        "415, unsupported_media_type, 415",
        "414, bad_request, 400",
        "422, bad_request, 400",
        "429, too_many_requests, 429",
        "500, internal_error, 500",
        "501, internal_error, 500",
        "503, storage_unavailable, 503"
    })
    void whatTheFrameworkRaisesGetsTheCodeOfItsStatus(int status, String code, int answered) {
        HttpProblem problem = apply(framework(status), new IllegalStateException(SECRET));
        assertThat(problem.getParameters()).containsExactly(Map.entry("code", code));
        assertThat(problem.getStatusCode())
                .as("a code never changes its status")
                .isEqualTo(answered);
        assertThat(problem.getTitle()).doesNotContain("hunter2");
        assertThat(problem.getDetail()).as("the text of an exception").isNull();
        assertThat(problem.getInstance()).isNull();
    }

    @Test
    void headersAndViolationsStay() {
        HttpProblem problem = apply(
                HttpProblem.builder()
                        .withStatus(405)
                        .withHeader("Allow", "GET")
                        .with("violations", List.of("limit"))
                        .with("debug", SECRET)
                        .build(),
                null);
        assertThat(problem.getHeaders()).containsEntry("Allow", "GET");
        assertThat(problem.getParameters()).containsOnlyKeys("code", "violations");
    }

    @Test
    void aRedirectIsNoProblem() {
        HttpProblem redirect = framework(302);
        assertThat(apply(redirect, null)).isSameAs(redirect);
    }

    static Stream<Throwable> outOfReach() {
        return Stream.of(
                new ConnectException(SECRET),
                new RuntimeException(new IllegalStateException(new ConnectException(SECRET))),
                ClosedConnectionException.INSTANCE,
                postgres("57P01"),
                postgres("57P02"),
                postgres("57P03"),
                postgres("53300"),
                postgres("08006"));
    }

    @ParameterizedTest
    @MethodSource("outOfReach")
    void aDatabaseOutOfReachIsToldAsSuch(Throwable cause) {
        HttpProblem problem = apply(framework(500), cause);
        assertThat(problem.getStatusCode()).isEqualTo(503);
        assertThat(problem.getParameters()).containsEntry("code", "storage_unavailable");
        assertThat(problem.getHeaders()).containsEntry("Retry-After", "5");
        assertThat(apply(framework(404), cause).getStatusCode()).isEqualTo(404);
    }

    static Stream<Throwable> refusals() {
        return Stream.of(
                new IllegalStateException(SECRET),
                new VertxException(SECRET),
                postgres("23505"),
                postgres("22001"),
                postgres("42P01"),
                new PgException("looks like (57P01) but is not", "ERROR", "22023", null),
                new PgException(null, null, null, null),
                new RuntimeException(new JsonParseException(null, SECRET)),
                circle());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void anythingElseIsOurOwnFault(Throwable cause) {
        HttpProblem problem = apply(framework(500), cause);
        assertThat(problem.getStatusCode()).isEqualTo(500);
        assertThat(problem.getParameters()).containsEntry("code", "internal_error");
    }

    private static Throwable postgres(String state) {
        return new RuntimeException(new PgException(SECRET, "FATAL", state, null));
    }

    private static Throwable circle() {
        Exception one = new Exception(SECRET);
        one.initCause(new Exception(one));
        return one;
    }

    private HttpProblem apply(HttpProblem problem, Throwable cause) {
        ProblemContext context = ProblemContext.of(cause, "/api");
        return new PathlessProblems().apply(coded.apply(problem, context), context);
    }

    private static HttpProblem framework(int status) {
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle(SECRET)
                .withDetail(SECRET)
                .withInstance(URI.create("/internal"))
                .with("exception", SECRET)
                .build();
    }
}
