package dev.afluente.model.openapi;

import dev.afluente.model.http.Page;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** {@link Takes} as parameters of the document. */
final class QueryParameters {
    private static final DotName ONE = DotName.createSimple(Takes.class);
    private static final DotName SEVERAL = DotName.createSimple(Takes.Several.class);
    private static final DotName PAGES = DotName.createSimple(Takes.Pages.class);
    private static final int MAX_TEXT = 200;

    private QueryParameters() {}

    static List<Parameter> of(MethodInfo method, IndexView index) {
        List<Parameter> parameters = new ArrayList<>();
        taken(method).map(QueryParameters::parameter).forEach(parameters::add);
        method.annotations().stream()
                .map(shared -> index.getClassByName(shared.name()))
                .filter(Objects::nonNull)
                .flatMap(QueryParameters::taken)
                .map(QueryParameters::parameter)
                .forEach(parameters::add);
        if (method.hasAnnotation(PAGES)) {
            parameters.add(limit());
            parameters.add(query("cursor", "next_cursor of the page before; belongs to the filters it was made with.")
                    .schema(text()));
        }
        return parameters;
    }

    /** What stands on a method, or on the annotation type that several methods share. */
    private static Stream<AnnotationInstance> taken(AnnotationTarget target) {
        AnnotationInstance several = target.declaredAnnotation(SEVERAL);
        if (several != null) {
            return Stream.of(several.value().asNestedArray());
        }
        return target.hasDeclaredAnnotation(ONE) ? Stream.of(target.declaredAnnotation(ONE)) : Stream.empty();
    }

    private static Parameter parameter(AnnotationInstance taken) {
        Schema schema = text().maxLength(MAX_TEXT);
        AnnotationValue format = taken.value("format");
        if (format != null && !format.asString().isEmpty()) {
            schema.format(format.asString());
        }
        AnnotationValue words = taken.value("oneOf");
        if (words != null) {
            schema.enumeration(List.of((Object[]) words.asStringArray()));
        }
        return query(taken.value().asString(), taken.value("says").asString()).schema(schema);
    }

    private static Parameter limit() {
        return query("limit", "Rows to answer.")
                .schema(OASFactory.createSchema()
                        .type(List.of(SchemaType.INTEGER))
                        .format("int32")
                        .minimum(BigDecimal.ONE)
                        .maximum(BigDecimal.valueOf(Page.MAX_LIMIT))
                        .defaultValue(Page.DEFAULT_LIMIT));
    }

    private static Schema text() {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING));
    }

    private static Parameter query(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.QUERY)
                .required(false)
                .description(description);
    }
}
