package dev.afluente.sandbox.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.afluente.sandbox.fault.Malformed;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes the fields of a row that a fault can spoil; {@code way} is null for a good row. */
record Spoiler(JsonGenerator out, String way) {

    private static final BigDecimal ABSURD = new BigDecimal("98765432109876543210987654321.123456789");

    private boolean is(String other) {
        return other.equals(way);
    }

    void description(String text) throws IOException {
        if (is(Malformed.OBJECT_DESCRIPTION)) {
            out.writeObjectFieldStart("description");
            out.writeStringField("text", text);
            out.writeEndObject();
        } else {
            out.writeStringField("description", text);
        }
    }

    void amount(BigDecimal amount) throws IOException {
        out.writeFieldName("amount");
        if (is(Malformed.NULL_AMOUNT)) {
            out.writeNull();
        } else if (is(Malformed.TEXT_AMOUNT)) {
            out.writeString("R$ " + amount);
        } else {
            out.writeNumber(is(Malformed.ABSURD_AMOUNT) ? ABSURD : amount);
        }
    }

    void date(String date) throws IOException {
        out.writeStringField("date", is(Malformed.NULL_DATE) ? null : is(Malformed.TEXT_DATE) ? "ontem à tarde" : date);
    }

    void status(String status) throws IOException {
        out.writeStringField("status", is(Malformed.UNKNOWN_ENUM) ? "SCHEDULED_BY_PARTNER" : status);
    }

    void type(String type) throws IOException {
        out.writeStringField("type", type);
    }

    void end() throws IOException {
        if (is(Malformed.UNKNOWN_FIELD)) {
            out.writeObjectFieldStart("carbonFootprint");
            out.writeNumberField("grams", 1250);
            out.writeArrayFieldStart("sources");
            out.writeString("estimate");
            out.writeEndArray();
            out.writeEndObject();
        }
    }
}
