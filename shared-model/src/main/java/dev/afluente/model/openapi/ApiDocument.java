package dev.afluente.model.openapi;

import dev.afluente.model.problem.ProblemCode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;

/**
 * Completes a service's OpenAPI document while the service is built: problem answers from {@link Answers} and from what
 * every operation has in common, the bearer token, query parameters from {@link Takes}, and what the schemas leave unsaid. An operation without an {@code operationId} of its own, or two
 * that share one, stop the build.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {
    private static final String BEARER = "bearerAuth";

    private final IndexView index;

    /** @param index the annotations of the service, which the framework hands in */
    public ApiDocument(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        Map<String, ApiOperation> declared = ApiOperation.all(index);
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> complete(operation, declared, index));
        document.getComponents()
                .addSchema(ProblemAnswers.SCHEMA, ProblemAnswers.schema())
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("RS256; sub is the user, tenant the tenant, groups the roles."));
        SentSchemas.complete(document, index);
    }

    private static void complete(Operation operation, Map<String, ApiOperation> declared, IndexView index) {
        ApiOperation facts = declared.get(operation.getOperationId());
        if (facts == null) {
            throw new IllegalStateException("An operation has no @Operation(operationId): " + operation.getSummary());
        }
        Set<ProblemCode> codes = facts.codes(operation.getRequestBody() != null);
        ProblemAnswers.addTo(operation, codes);
        operation.setSecurity(
                facts.secured() ? List.of(OASFactory.createSecurityRequirement().addScheme(BEARER)) : List.of());
        QueryParameters.of(facts.method(), index).forEach(operation::addParameter);
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiDocument::complete);
        }
    }

    /** Ids are UUIDs that the resources take as text: what is no id is answered like an id that does not exist. */
    private static void complete(Parameter parameter) {
        boolean isId = parameter.getIn() == Parameter.In.PATH
                && (parameter.getName().equals("id") || parameter.getName().endsWith("_id"));
        if (isId && parameter.getSchema() != null && parameter.getSchema().getFormat() == null) {
            parameter.getSchema().setFormat("uuid");
        }
    }
}
