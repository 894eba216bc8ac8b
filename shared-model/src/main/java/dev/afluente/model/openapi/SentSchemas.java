package dev.afluente.model.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.afluente.model.http.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;

/**
 * What the schemas of answers leave unsaid. Every member is always sent, null or not, unless it carries {@link
 * JsonInclude}; one that may be null says so at the record. Values whose form everybody knows get an example.
 */
final class SentSchemas {
    private static final String PREFIX = "#/components/schemas/";
    private static final Map<String, String> EXAMPLES = Map.of(
            "uuid", "01956f5c-7a20-7c3e-9d5b-3f0a4c1e2b7d",
            "date-time", "2026-03-09T14:25:36.123Z",
            "date", "2026-03-09",
            "decimal", "-1234.56");

    private SentSchemas() {}

    static void complete(OpenAPI document, IndexView index) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        if (schemas == null) {
            return;
        }
        Set<String> leftOut = leftOut(index);
        for (String name : sent(document, schemas)) {
            Map<String, Schema> members = schemas.get(name).getProperties();
            if (members != null && !name.equals(ProblemAnswers.SCHEMA)) {
                schemas.get(name)
                        .setRequired(members.keySet().stream()
                                .filter(member -> !leftOut.contains(name + "." + member))
                                .toList());
            }
        }
        schemas.forEach(SentSchemas::lastPageHasNoCursor);
        schemas.values().stream()
                .filter(schema -> schema.getProperties() != null)
                .flatMap(schema -> schema.getProperties().values().stream())
                .forEach(SentSchemas::addExample);
    }

    /** Said here because the record is also used where there is no document. */
    private static void lastPageHasNoCursor(String name, Schema schema) {
        Map<String, Schema> members = schema.getProperties();
        if (name.startsWith(Page.class.getSimpleName()) && members != null && members.containsKey("next_cursor")) {
            members.get("next_cursor")
                    .type(List.of(Schema.SchemaType.STRING, Schema.SchemaType.NULL))
                    .description("Where the next page begins, opaque; null on the last page.");
        }
    }

    private static void addExample(Schema member) {
        String example = member.getFormat() == null ? null : EXAMPLES.get(member.getFormat());
        if (example != null
                && (member.getExamples() == null || member.getExamples().isEmpty())) {
            member.setExamples(List.of(example));
        }
    }

    /** Members that are not sent when null, as {@code Schema.member}. */
    private static Set<String> leftOut(IndexView index) {
        SnakeCaseStrategy wire = new SnakeCaseStrategy();
        return index.getAnnotations(DotName.createSimple(JsonInclude.class)).stream()
                .filter(found -> found.target().kind() == AnnotationTarget.Kind.FIELD)
                .map(found -> found.target().asField())
                .map((FieldInfo field) -> field.declaringClass().simpleName() + "." + wire.translate(field.name()))
                .collect(Collectors.toSet());
    }

    /** The schemas that answers use, directly or through others. */
    private static Set<String> sent(OpenAPI document, Map<String, Schema> schemas) {
        List<String> open = document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
                .map(APIResponse::getContent)
                .filter(Objects::nonNull)
                .map(Content::getMediaTypes)
                .flatMap(types -> types.values().stream())
                .flatMap(type -> refs(type.getSchema()))
                .collect(Collectors.toCollection(ArrayList::new));
        Set<String> found = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            if (schemas.containsKey(name) && found.add(name)) {
                refs(schemas.get(name)).forEach(open::add);
            }
        }
        return found;
    }

    private static Stream<String> refs(Schema schema) {
        if (schema == null) {
            return Stream.empty();
        }
        Stream<String> own = schema.getRef() != null && schema.getRef().startsWith(PREFIX)
                ? Stream.of(schema.getRef().substring(PREFIX.length()))
                : Stream.empty();
        Stream<Schema> parts = Stream.of(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf())
                .filter(Objects::nonNull)
                .flatMap(List::stream);
        Stream<Schema> members =
                schema.getProperties() == null ? Stream.empty() : schema.getProperties().values().stream();
        Stream<Schema> inside = Stream.of(schema.getItems(), schema.getAdditionalPropertiesSchema())
                .filter(Objects::nonNull);
        return Stream.concat(
                own, Stream.of(parts, members, inside).flatMap(all -> all).flatMap(SentSchemas::refs));
    }
}
