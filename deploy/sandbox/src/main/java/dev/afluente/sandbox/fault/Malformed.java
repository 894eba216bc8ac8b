package dev.afluente.sandbox.fault;

import java.util.List;

/** The ways in which a row can be spoilt. The first two are valid JSON of the right shape with values nobody knows yet. */
public final class Malformed {

    public static final String UNKNOWN_FIELD = "unknown_field";
    public static final String UNKNOWN_ENUM = "unknown_enum";
    public static final String NULL_AMOUNT = "null_amount";
    public static final String TEXT_AMOUNT = "text_amount";
    public static final String ABSURD_AMOUNT = "absurd_amount";
    public static final String NULL_DATE = "null_date";
    public static final String TEXT_DATE = "text_date";
    public static final String OBJECT_DESCRIPTION = "object_description";

    static final List<String> WAYS = List.of(
            UNKNOWN_FIELD,
            UNKNOWN_ENUM,
            NULL_AMOUNT,
            TEXT_AMOUNT,
            ABSURD_AMOUNT,
            NULL_DATE,
            TEXT_DATE,
            OBJECT_DESCRIPTION);

    private Malformed() {}
}
