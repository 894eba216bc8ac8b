package dev.afluente.model.openapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every operation of a service's OpenAPI document against every way of having no right to it. The rows come from the
 * document: an operation for which the service's test has no {@link Row}, and a row without an operation, fail.
 */
public final class AccessMatrix {
    private final List<ApiContract.Operation> operations;
    private final Map<String, Row> rows;
    private int requests;

    /**
     * How to call an operation.
     *
     * @param owned path and query that name something of the owner's
     * @param unknown the same with ids that nobody has
     * @param body JSON that the operation takes; null when it takes none
     */
    public record Row(String owned, String unknown, String body) {}

    /** @param rows by operation id */
    public AccessMatrix(ApiContract contract, Map<String, Row> rows) {
        this.operations = contract.operations();
        this.rows = rows;
        Set<String> documented =
                operations.stream().map(ApiContract.Operation::id).collect(Collectors.toSet());
        assertThat(rows.keySet()).as("a row for every operation, and no other").isEqualTo(documented);
    }

    /** Tokens that are none: 401, whatever is asked. {@code forged} by the name of what is wrong with each. */
    public AccessMatrix refuses(Map<String, String> forged) {
        for (ApiContract.Operation operation : secured()) {
            assertRefused(operation, "no token", RestAssured.given(), 401, "unauthorized");
            forged.forEach((name, token) -> assertRefused(operation, name, bearer(token), 401, "unauthorized"));
        }
        return this;
    }

    /** A good token that lacks the role: 403. */
    public AccessMatrix forbids(String roleless) {
        for (ApiContract.Operation operation : secured()) {
            assertRefused(operation, "missing role", bearer(roleless), 403, "forbidden");
        }
        return this;
    }

    /** A good token that lacks the role for some operations: 403 for these. */
    public AccessMatrix forbids(String roleless, Set<String> operationIds) {
        for (ApiContract.Operation operation : secured()) {
            if (operationIds.contains(operation.id())) {
                assertRefused(operation, "another role", bearer(roleless), 403, "forbidden");
            }
        }
        return this;
    }

    /** A good token of somebody else: what is the owner's and what nobody has are the same bytes, header for header. */
    public AccessMatrix hides(String who, String stranger) {
        return hides(who, stranger, Set.of());
    }

    /** @param except operations in which the owner's things are this somebody's too */
    public AccessMatrix hides(String who, String stranger, Set<String> except) {
        for (ApiContract.Operation operation : secured()) {
            if (except.contains(operation.id())) {
                continue;
            }
            Row row = rows.get(operation.id());
            Response owned = send(operation, bearer(stranger), row.owned(), row.body());
            Response unknown = send(operation, bearer(stranger), row.unknown(), row.body());
            String cell = operation.id() + " as " + who;
            assertThat(owned.statusCode()).as(cell).isEqualTo(unknown.statusCode());
            assertThat(owned.asByteArray()).as(cell).isEqualTo(unknown.asByteArray());
            assertThat(headers(owned)).as(cell).isEqualTo(headers(unknown));
            if (operation.path().contains("{")) {
                assertThat(owned.statusCode()).as(cell).isEqualTo(404);
            }
        }
        return this;
    }

    /** The figures, for the log of a proof. */
    public String figures() {
        return "authorisation matrix: " + operations.size() + " operations, " + requests + " requests, 2xx 0";
    }

    private List<ApiContract.Operation> secured() {
        return operations.stream().filter(ApiContract.Operation::secured).toList();
    }

    private void assertRefused(
            ApiContract.Operation operation, String attack, RequestSpecification as, int status, String code) {
        Row row = rows.get(operation.id());
        Response answer = send(operation, as, row.owned(), row.body());
        String cell = operation.id() + " with " + attack;
        assertThat(answer.statusCode()).as(cell).isEqualTo(status);
        assertThat(answer.jsonPath().getString("code")).as(cell).isEqualTo(code);
    }

    private Response send(ApiContract.Operation operation, RequestSpecification as, String path, String body) {
        requests++;
        RequestSpecification request = as.urlEncodingEnabled(false);
        return (body == null ? request : request.contentType("application/json").body(body))
                .request(operation.method(), path);
    }

    private static RequestSpecification bearer(String token) {
        return RestAssured.given().header("Authorization", "Bearer " + token);
    }

    private static List<String> headers(Response answer) {
        return answer.headers().asList().stream()
                .filter(header -> !header.hasSameNameAs(new Header("Date", "")))
                .map(Header::toString)
                .sorted()
                .toList();
    }
}
