package dev.afluente.sandbox.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.afluente.sandbox.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Pluggy's OpenAPI 3.1 document as a judge of answers. Read with one leniency: Pluggy's own examples have null in
 * optional properties that the document does not call nullable, so null is allowed in every property that is not
 * required, and in required ones that carry {@code nullable}.
 */
final class OpenApi {

    private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");

    private final JsonNode document;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    OpenApi() {
        try (InputStream gz = OpenApi.class.getResourceAsStream("/pluggy-oas3.json.gz");
                InputStream json = new GZIPInputStream(gz)) {
            document = Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        allowNulls(document.at("/components/schemas"));
        allowNulls(document.get("paths"));
    }

    /** All operations, as {@code GET /items/{id}}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            path.getValue().fieldNames().forEachRemaining(method -> {
                if (METHODS.contains(method)) {
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            });
        }
        return operations;
    }

    /** What is wrong with the body of an answer to an operation; empty if nothing is. */
    List<String> breaches(String operation, int status, JsonNode body) {
        String[] parts = operation.split(" ", 2);
        JsonNode responses = document.get("paths")
                .get(parts[1])
                .get(parts[0].toLowerCase(Locale.ROOT))
                .get("responses");
        JsonNode schema = responses
                .path(Integer.toString(status))
                .path("content")
                .path("application/json")
                .path("schema");
        if (schema.isMissingNode()) {
            return List.of(operation + " has no schema for " + status);
        }
        return breaches(schema, body);
    }

    /** Against one of the document's named schemas. */
    List<String> breaches(String schemaName, JsonNode body) {
        return breaches(Json.object().put("$ref", "#/components/schemas/" + schemaName), body);
    }

    List<String> breaches(JsonNode schema, JsonNode body) {
        ObjectNode whole = schema.deepCopy();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.set("components", Json.object().set("schemas", document.at("/components/schemas")));
        JsonSchema judge = factory.getSchema(whole, config);
        return judge.validate(body).stream().map(Object::toString).toList();
    }

    private static void allowNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            JsonNode properties = object.get("properties");
            if (properties instanceof ObjectNode fields) {
                Set<String> required = new HashSet<>();
                object.path("required").forEach(name -> required.add(name.asText()));
                for (Map.Entry<String, JsonNode> field : fields.properties()) {
                    boolean nullable = !required.contains(field.getKey())
                            || field.getValue().path("nullable").asBoolean();
                    allowNulls(field.getValue());
                    if (nullable) {
                        field.setValue(orNull(field.getValue()));
                    }
                }
            }
        }
        for (JsonNode child : node) {
            allowNulls(child);
        }
    }

    private static JsonNode orNull(JsonNode schema) {
        ObjectNode either = Json.object();
        ArrayNode choices = either.putArray("anyOf");
        choices.add(schema);
        choices.addObject().put("type", "null");
        return either;
    }
}
