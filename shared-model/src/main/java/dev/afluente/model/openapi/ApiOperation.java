package dev.afluente.model.openapi;

import dev.afluente.model.problem.ProblemCode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/**
 * What an operation's annotations say about it.
 *
 * @param method where it stands
 * @param own the problems it names itself
 * @param secured whether a token is needed
 */
record ApiOperation(MethodInfo method, Set<ProblemCode> own, boolean secured) {
    private static final DotName OPERATION = DotName.createSimple(Operation.class);
    private static final DotName ANSWERS = DotName.createSimple(Answers.class);
    private static final DotName OPEN = DotName.createSimple("jakarta.annotation.security.PermitAll");
    private static final List<DotName> CLOSED = List.of(
            DotName.createSimple("jakarta.annotation.security.RolesAllowed"),
            DotName.createSimple("io.quarkus.security.Authenticated"));

    /** Every operation by its id; fails when two share one. */
    static Map<String, ApiOperation> all(IndexView index) {
        Map<String, ApiOperation> operations = new HashMap<>();
        for (AnnotationInstance found : index.getAnnotations(OPERATION)) {
            AnnotationValue id = found.value("operationId");
            if (found.target().kind() == AnnotationTarget.Kind.METHOD && id != null) {
                ApiOperation read = of(found.target().asMethod());
                ApiOperation former = operations.put(id.asString(), read);
                // An index made of several may hold the same class twice.
                if (former != null && !former.place().equals(read.place())) {
                    throw new IllegalStateException("Two operations share the id " + id.asString());
                }
            }
        }
        return operations;
    }

    /** Its own problems and those that any operation of its kind may answer. */
    Set<ProblemCode> codes(boolean takesBody) {
        Set<ProblemCode> codes = EnumSet.of(ProblemCode.NOT_ACCEPTABLE, ProblemCode.INTERNAL_ERROR);
        codes.addAll(own);
        if (secured) {
            codes.addAll(EnumSet.of(ProblemCode.UNAUTHORIZED, ProblemCode.FORBIDDEN, ProblemCode.STORAGE_UNAVAILABLE));
        }
        if (takesBody) {
            codes.addAll(EnumSet.of(
                    ProblemCode.INVALID_BODY, ProblemCode.PAYLOAD_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE));
        }
        return codes;
    }

    private String place() {
        return method.declaringClass().name() + "." + method.name() + method.parameterTypes();
    }

    private static ApiOperation of(MethodInfo method) {
        return new ApiOperation(method, codes(method), isSecured(method));
    }

    private static Set<ProblemCode> codes(MethodInfo method) {
        Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
        AnnotationInstance answers = method.annotation(ANSWERS);
        if (answers != null && answers.value() != null) {
            for (String name : answers.value().asEnumArray()) {
                codes.add(ProblemCode.valueOf(name));
            }
        }
        return codes;
    }

    private static boolean isSecured(MethodInfo method) {
        if (method.hasAnnotation(OPEN)) {
            return false;
        }
        return CLOSED.stream()
                .anyMatch(closed ->
                        method.hasAnnotation(closed) || method.declaringClass().hasDeclaredAnnotation(closed));
    }
}
