package dev.afluente.model.openapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A service's OpenAPI document, held against what the service does. As a filter of REST Assured it looks at every answer
 * of a test: its operation, its status and its media type must be documented, its body must fit the schema and may hold
 * no member the schema does not name. What lies outside {@code /api} is not looked at.
 */
public final class ApiContract implements Filter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final List<Operation> operations = new ArrayList<>();
    private final AnswerSchemas schemas;
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    /** One operation of the document. */
    public record Operation(String method, String path, JsonNode node) {
        /** Its stable name, e.g. {@code listAccounts}. */
        public String id() {
            return node.path("operationId").asText();
        }

        /** Whether it asks for a token. */
        public boolean secured() {
            return !node.path("security").isEmpty();
        }

        /** Whether it takes a body. */
        public boolean takesBody() {
            return node.has("requestBody");
        }

        boolean fits(String verb, String actual) {
            String[] expected = path.split("/", -1);
            String[] given = actual.split("/", -1);
            if (!method.equals(verb) || expected.length != given.length) {
                return false;
            }
            for (int i = 0; i < expected.length; i++) {
                if (!expected[i].startsWith("{") && !expected[i].equals(given[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    private ApiContract(JsonNode document) {
        schemas = new AnswerSchemas(document);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(each -> {
                    if (METHODS.contains(each.getKey())) {
                        operations.add(
                                new Operation(each.getKey().toUpperCase(Locale.ROOT), path.getKey(), each.getValue()));
                    }
                }));
        // The path with the fewest placeholders is the one a service would choose.
        operations.sort(Comparator.comparingLong(
                each -> each.path().chars().filter(c -> c == '{').count()));
    }

    /** Reads the document that the service under test serves. */
    public static ApiContract served() {
        String text = RestAssured.given()
                .queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        try {
            return new ApiContract(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new AssertionError("The OpenAPI document is not JSON", e);
        }
    }

    /** Every operation, in no particular order. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** What has been answered so far, as {@code listAccounts 200}. */
    public Set<String> seen() {
        return Set.copyOf(seen);
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response answer = context.next(request, expected);
        String path = URI.create(request.getURI()).getPath();
        if (path.startsWith("/api/")) {
            check(request.getMethod(), path, request.getQueryParams(), answer);
        }
        return answer;
    }

    private void check(String method, String path, Map<String, ?> query, Response answer) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Operation operation = operations.stream()
                .filter(each -> each.fits(method, bare))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Not in the OpenAPI document: " + method + " " + bare));
        String what = operation.id() + " " + answer.statusCode();
        seen.add(what);
        if (answer.statusCode() < 300) {
            assertThat(schemas.parameters(operation.node()))
                    .as("parameters of " + what)
                    .containsAll(query.keySet());
        }
        schemas.check(what, operation.node(), answer);
    }
}
