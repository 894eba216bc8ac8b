package dev.afluente.model.openapi;

import dev.afluente.model.problem.ProblemCode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems an operation answers with by its own decision. What any operation may answer (no token, no role, no
 * storage, an unreadable body, a fault of ours) is added by {@link ApiDocument} and not repeated at each one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Answers {
    /** Each with the status it always comes with. */
    ProblemCode[] value() default {};
}
