package dev.afluente.sync.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.model.openapi.contract.ApiContract;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.enterprise.inject.Any;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document names every operation of the running service, and no other. */
@QuarkusTest
class ApiDocumentTest {
    @Test
    void everyOperationOfTheServiceIsInTheDocumentAndTheReverse() {
        Set<String> documented = ApiContract.served().operations().stream()
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toSet());

        assertThat(documented).isEqualTo(offered()).hasSizeGreaterThan(5);
    }

    @Test
    void everyOperationOfTheDocumentIsThere() {
        for (ApiContract.Operation operation : ApiContract.served().operations()) {
            String path =
                    operation.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());

            assertThat(RestAssured.given()
                            .request(operation.method(), path)
                            .jsonPath()
                            .getString("code"))
                    .as(operation.id())
                    .isEqualTo("unauthorized");
        }
    }

    /** What the container's beans offer, whatever the document says. */
    private static Set<String> offered() {
        return Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Stream.of(type.getDeclaredMethods()).flatMap(method -> operations(type, method)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> operations(Class<?> type, Method method) {
        Path below = method.getAnnotation(Path.class);
        String path = type.getAnnotation(Path.class).value() + (below == null ? "" : "/" + below.value());
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(kind -> kind.isAnnotationPresent(HttpMethod.class))
                .map(kind -> kind.getAnnotation(HttpMethod.class).value() + " " + path);
    }
}
