package dev.afluente.model.pluggy.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers.BigDecimalDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * JSON as Pluggy speaks it: camelCase, fields only ever added (unknown ones are ignored, which Pluggy's basic concepts
 * ask of every client), numbers as the exact decimals that were written.
 *
 * <p>Bounded against hostile or broken answers. A document of more than {@value #MAX_DOCUMENT} bytes, {@value #MAX_TOKENS}
 * tokens, {@value #MAX_NESTING} levels or {@value #MAX_WRITTEN} characters in one number fails as unreadable. Within a
 * document an amount of more than {@value #MAX_DIGITS} digits does, and in a list of rows it costs only its row ({@link
 * RowTree}).
 */
public final class PluggyJson {
    /** A page of 500 rows weighs about 1 MiB. */
    public static final long MAX_DOCUMENT = 32L * 1024 * 1024;

    /** A page of 500 rows has about 60,000; a tree takes some 50 bytes for each. */
    private static final long MAX_TOKENS = 2_000_000;

    /** What is too deep for a row is stepped over, level by level, without recursion. */
    private static final int MAX_NESTING = 10_000;

    /** What is too long for a row is stepped over; nothing calculates with it. */
    private static final int MAX_WRITTEN = 1_000_000;

    static final int MAX_DIGITS = 1_000;

    /** Shared and immutable once built. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_DOCUMENT)
                            .maxTokenCount(MAX_TOKENS)
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(MAX_WRITTEN)
                            .maxStringLength((int) MAX_DOCUMENT)
                            .maxNameLength((int) MAX_DOCUMENT)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule("amounts").addDeserializer(BigDecimal.class, new Amount()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // Stripped zeros would turn 10.00 into 1E+1.
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private PluggyJson() {}

    /**
     * An exact decimal. The number 1e999999999 is eleven characters to read and a gigabyte to write in plain notation,
     * so what would not fit {@value #MAX_DIGITS} digits there is refused here.
     */
    private static final class Amount extends StdScalarDeserializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        /** Stands for the number in what is said of it: of its digits there may be a million. */
        private static final String CUT = "…";

        Amount() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken().isScalarValue() && json.getTextLength() > MAX_DIGITS) {
                return (BigDecimal) context.handleWeirdStringValue(BigDecimal.class, CUT, "out of range");
            }
            BigDecimal value;
            try {
                value = BigDecimalDeserializer.instance.deserialize(json, context);
            } catch (NumberFormatException e) {
                // An exponent that fits no int: Jackson lets this one escape as it is.
                return (BigDecimal) context.handleWeirdStringValue(BigDecimal.class, CUT, "out of range");
            }
            if (value != null && value.precision() + Math.abs((long) value.scale()) > MAX_DIGITS) {
                return (BigDecimal) context.handleWeirdNumberValue(BigDecimal.class, value, "out of range");
            }
            return value;
        }
    }
}
