package dev.afluente.model.openapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.restassured.response.Response;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of a document's answers, closed: a member that is not named is a fault, except in problem documents. */
final class AnswerSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode components;
    private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

    AnswerSchemas(JsonNode document) {
        components = document.path("components").deepCopy();
        components.path("schemas").properties().forEach(each -> {
            if (!each.getKey().equals("Problem") && each.getValue().has("properties")) {
                ((ObjectNode) each.getValue()).put("additionalProperties", false);
            }
        });
    }

    /** The names of an operation's query parameters. */
    Set<String> parameters(JsonNode operation) {
        Set<String> names = new HashSet<>();
        operation.path("parameters").forEach(parameter -> {
            String ref = parameter.path("$ref").asText("");
            JsonNode found =
                    ref.isEmpty() ? parameter : components.path("parameters").path(ref.replaceAll(".*/", ""));
            if (found.path("in").asText().equals("query")) {
                names.add(found.path("name").asText());
            }
        });
        return names;
    }

    void check(String what, JsonNode operation, Response answer) {
        JsonNode documented = operation.path("responses").path(Integer.toString(answer.statusCode()));
        assertThat(documented.isMissingNode()).as("not documented: " + what).isFalse();
        String body = answer.asString();
        if (body.isEmpty()) {
            assertThat(documented.path("content").isEmpty())
                    .as("no body: " + what)
                    .isTrue();
            return;
        }
        String type = answer.contentType().replaceAll(";.*", "");
        JsonNode content = documented.path("content").path(type);
        assertThat(content.isMissingNode())
                .as("not documented: " + what + " as " + type)
                .isFalse();
        try {
            JsonSchema schema = compiled.computeIfAbsent(what, key -> compile(content.path("schema")));
            assertThat(schema.validate(JSON.readTree(body))).as(what).isEmpty();
        } catch (JsonProcessingException e) {
            throw new AssertionError(what + " is not JSON", e);
        }
    }

    private JsonSchema compile(JsonNode answer) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.set("components", components);
        schema.putArray("allOf").add(answer);
        return SCHEMAS.getSchema(schema, STRICT);
    }
}
