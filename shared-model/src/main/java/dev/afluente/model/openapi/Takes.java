package dev.afluente.model.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An optional query parameter of an operation that reads its query as a whole. On an annotation type it stands for all
 * parameters that operations under that annotation share.
 */
@Documented
@Repeatable(Takes.Several.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Takes {
    /** As in the query, e.g. {@code account_id}. */
    String value();

    /** What it does, in a sentence. */
    String says();

    /** {@code uuid}, {@code date} or {@code decimal}; free text of at most 200 characters otherwise. */
    String format() default "";

    /** The only values, when there are few. */
    String[] oneOf() default {};

    /** Holds several; the compiler writes it. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Several {
        /** In the order of the source. */
        Takes[] value();
    }

    /** The operation answers pages: it also takes {@code limit} and {@code cursor}. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Pages {}
}
