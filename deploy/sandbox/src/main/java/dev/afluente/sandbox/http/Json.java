package dev.afluente.sandbox.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * JSON as Pluggy writes it: exact decimals without exponents, instants with exactly three fraction digits (Pluggy's own
 * Node SDK turns only that shape into dates).
 */
public final class Json {

    private static final String PATTERN = "0000-00-00T00:00:00.000Z";
    private static final long DAY_MILLIS = 86_400_000;

    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(Instant.class, new MillisSerializer()))
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** Written by hand: four times per row, a formatter would take a fifth of a page's time. */
    public static String time(Instant instant) {
        long millis = instant.toEpochMilli();
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
        int rest = (int) Math.floorMod(millis, DAY_MILLIS);
        char[] text = PATTERN.toCharArray();
        digits(text, 4, day.getYear());
        digits(text, 7, day.getMonthValue());
        digits(text, 10, day.getDayOfMonth());
        digits(text, 13, rest / 3_600_000);
        digits(text, 16, rest / 60_000 % 60);
        digits(text, 19, rest / 1000 % 60);
        digits(text, 23, rest % 1000);
        return new String(text);
    }

    private static void digits(char[] text, int end, int number) {
        int left = number;
        for (int at = end - 1; left > 0; at--) {
            text[at] = (char) ('0' + left % 10);
            left /= 10;
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** Null stays null. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pluggy's page envelope; every list of the simulator but transactions and bills fits one page. */
    public static ObjectNode page(ArrayNode results) {
        ObjectNode page = object().put("page", 1).put("total", results.size()).put("totalPages", 1);
        page.set("results", results);
        return page;
    }

    private static final class MillisSerializer extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(time(value));
        }
    }
}
