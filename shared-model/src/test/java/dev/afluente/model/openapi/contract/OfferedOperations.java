package dev.afluente.model.openapi.contract;

import io.quarkus.arc.Arc;
import jakarta.enterprise.inject.Any;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a service under test really offers, whatever its document says: the operations of its beans. */
public final class OfferedOperations {
    private OfferedOperations() {}

    /** Every operation as {@code GET /api/banking/accounts}. */
    public static Set<String> offered() {
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
