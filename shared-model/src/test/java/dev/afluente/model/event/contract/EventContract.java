package dev.afluente.model.event.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What every service that writes or reads {@link BankingEvent}s has to hold, as assertions for its own tests. A writer
 * hands in the records it really put on Kafka; a reader is handed records as an older, the present and a newer version
 * would write them.
 */
public final class EventContract {
    /** The ages of the golden samples of each type: written by the version before, this one and the one to come. */
    public static final List<String> AGES = List.of("older", "current", "newer");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    /** A reader of events; what it does with them is its own affair. */
    @FunctionalInterface
    public interface Reader {
        /** Takes one event in; fails when it cannot. */
        void take(CloudEvent event, byte[] data) throws Exception;
    }

    private EventContract() {}

    /** Returns the golden sample of a type in one of the {@link #AGES}. */
    public static byte[] sample(String type, String age) {
        return resource("/events/" + type + "/" + age + ".json");
    }

    /** Returns the golden schema of a type. */
    public static JsonNode schema(String type) {
        return parsed(resource("/schemas/" + type + ".schema.json"));
    }

    /** Asserts that the data is valid under the golden schema of its type, as it is for a reader: more may be there. */
    public static void assertValid(String type, byte[] data) {
        JsonSchema schema = SCHEMAS.getSchema(
                schema(type),
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
        Set<ValidationMessage> violations = schema.validate(parsed(data));
        assertThat(violations).as("%s against its schema", type).isEmpty();
    }

    /** Asserts that the data is what a writer of this version may write: valid, and nothing that the schema does not name. */
    public static void assertWritten(String type, byte[] data) {
        assertThat(EventFormat.types()).contains(type);
        assertValid(type, data);
        assertNamed(type, schema(type), parsed(data));
    }

    /** Asserts that a record on Kafka is a whole event: topic, key, CloudEvents headers and data. */
    public static void assertWritten(ConsumerRecord<String, byte[]> record) throws MalformedEventException {
        CloudEvent event = CloudEvent.of(record.headers());
        assertWritten(event.type(), record.value());
        BankingEvent data = EventFormat.read(event.type(), record.value());
        assertThat(record.topic()).isEqualTo(EventFormat.topic(data));
        assertThat(record.key())
                .as("key and subject are the connection")
                .isEqualTo(data.connectionId().toString())
                .isEqualTo(event.subject());
        assertThat(event.source()).startsWith("/afluente/");
        assertThat(event.time()).as("ce_time").isAfter("2020-01-01T00:00:00Z");
        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(header(record, "traceparent")).isEqualTo(event.traceparent());
    }

    /** Asserts that a reader takes every golden sample of the types it reads, whatever the writer's age. */
    public static void assertReads(Set<String> types, String source, Reader reader) {
        assertThat(types).isNotEmpty();
        for (String type : types) {
            for (String age : AGES) {
                byte[] data = sample(type, age);
                CloudEvent event = event(type, age, source, data);
                assertThatCode(() -> reader.take(event, data))
                        .as("reading %s, %s", type, age)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static CloudEvent event(String type, String age, String source, byte[] data) {
        String subject = parsed(data).path("connection_id").textValue();
        return new CloudEvent(
                "contract-" + type + "-" + age,
                source,
                type,
                subject,
                Instant.parse("2026-03-10T09:15:02Z"),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    private static void assertNamed(String path, JsonNode schema, JsonNode data) {
        data.fieldNames().forEachRemaining(field -> {
            JsonNode named = schema.path("properties").path(field);
            assertThat(named.isObject())
                    .as("%s.%s is named by the schema", path, field)
                    .isTrue();
            if (data.get(field).isObject()) {
                assertNamed(path + "." + field, named, data.get(field));
            }
        });
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        assertThat(record.headers().headers(name)).as(name).hasSize(1);
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String path) {
        try (InputStream in = EventContract.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
