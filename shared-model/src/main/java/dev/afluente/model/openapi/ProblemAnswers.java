package dev.afluente.model.openapi;

import dev.afluente.model.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Problem codes as the answers of an operation: one answer per status, its codes enumerated, an example of each. */
final class ProblemAnswers {
    static final String SCHEMA = "Problem";

    private static final String MEDIA_TYPE = "application/problem+json";
    private static final Set<Integer> COME_AGAIN = Set.of(429, 503);

    private ProblemAnswers() {}

    static void addTo(Operation operation, Set<ProblemCode> codes) {
        Map<Integer, List<ProblemCode>> byStatus =
                codes.stream().collect(Collectors.groupingBy(ProblemCode::status, TreeMap::new, Collectors.toList()));
        byStatus.forEach((status, some) -> operation.getResponses().addAPIResponse(status.toString(), answer(some)));
    }

    /** RFC 9457, with the members this system adds. */
    static Schema schema() {
        return OASFactory.createSchema()
                .description("RFC 9457. Clients branch on code, which is never renamed; more members may come.")
                .type(List.of(SchemaType.OBJECT))
                .required(List.of("status", "title", "code"))
                .addProperty(
                        "status", of(SchemaType.INTEGER, "The HTTP status.").format("int32"))
                .addProperty("title", of(SchemaType.STRING, "What the code means; the same in every document."))
                .addProperty("code", of(SchemaType.STRING, "Stable, for programs."))
                .addProperty("detail", of(SchemaType.STRING, "For the developer who called."))
                .addProperty("parameter", of(SchemaType.STRING, "The parameter that was refused."));
    }

    private static APIResponse answer(List<ProblemCode> codes) {
        List<Object> names = new ArrayList<>();
        codes.forEach(code -> names.add(code.wire()));
        MediaType content = OASFactory.createMediaType()
                .schema(OASFactory.createSchema()
                        .allOf(List.of(
                                OASFactory.createSchema().ref("#/components/schemas/" + SCHEMA),
                                OASFactory.createSchema()
                                        .addProperty(
                                                "code",
                                                OASFactory.createSchema().enumeration(names)))));
        codes.forEach(code -> content.addExample(
                code.wire(), OASFactory.createExample().summary(code.title()).value(document(code))));
        APIResponse answer = OASFactory.createAPIResponse()
                .description(codes.stream().map(ProblemCode::title).collect(Collectors.joining("; ")))
                .content(OASFactory.createContent().addMediaType(MEDIA_TYPE, content));
        int status = codes.get(0).status();
        if (status == 401) {
            answer.addHeader("WWW-Authenticate", header("Bearer"));
        } else if (COME_AGAIN.contains(status)) {
            answer.addHeader("Retry-After", header("Seconds until it is worth asking again; may be absent"));
        }
        return answer;
    }

    private static Map<String, Object> document(ProblemCode code) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", code.status());
        document.put("title", code.title());
        document.put("code", code.wire());
        return document;
    }

    private static Header header(String description) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING)));
    }

    private static Schema of(SchemaType type, String description) {
        return OASFactory.createSchema().type(List.of(type)).description(description);
    }
}
