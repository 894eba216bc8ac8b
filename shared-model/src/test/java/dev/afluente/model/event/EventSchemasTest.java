package dev.afluente.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.afluente.model.event.contract.EventContract;
import dev.afluente.model.event.format.EventFormat;
import java.io.File;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden schemas and the records say the same, field by field, in both directions. */
class EventSchemasTest {
    private static final Map<Class<?>, String> KINDS = Map.of(
            ConnectionEvent.Linked.class, "dev.afluente.connection.linked.v1",
            ConnectionEvent.Changed.class, "dev.afluente.connection.changed.v1",
            ConnectionEvent.Removed.class, "dev.afluente.connection.removed.v1",
            NotificationEvent.Raised.class, "dev.afluente.notification.raised.v1",
            NotificationEvent.Cleared.class, "dev.afluente.notification.cleared.v1",
            SyncRequest.Requested.class, "dev.afluente.sync.requested.v1",
            SyncRequest.Released.class, "dev.afluente.sync.released.v1",
            SyncRequest.Abandoned.class, "dev.afluente.sync.abandoned.v1",
            SyncFinished.class, "dev.afluente.sync.finished.v1",
            TransactionsMerged.class, "dev.afluente.transactions.merged.v1");

    static Collection<String> types() {
        return EventFormat.types();
    }

    static Stream<Class<?>> records() {
        return leaves(BankingEvent.class);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventSchemasTest::leaves)
                : Stream.of(type);
    }

    @Test
    void everyRecordIsAKindAndEveryKindARecord() {
        assertThat(records()).containsExactlyInAnyOrderElementsOf(KINDS.keySet());
        assertThat(KINDS.values()).containsExactlyInAnyOrderElementsOf(EventFormat.types());
    }

    @Test
    void everyKindHasASchemaAndSamplesAndNothingElseHas() throws Exception {
        assertThat(files("/schemas"))
                .containsExactlyInAnyOrderElementsOf(EventFormat.types().stream()
                        .map(type -> type + ".schema.json")
                        .toList());
        assertThat(files("/events")).containsExactlyInAnyOrderElementsOf(EventFormat.types());
        for (String type : EventFormat.types()) {
            assertThat(files("/events/" + type))
                    .containsExactlyInAnyOrderElementsOf(EventContract.AGES.stream()
                            .map(age -> age + ".json")
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void theSchemaIsItselfValid(String type) throws Exception {
        JsonNode schema = EventContract.schema(type);
        assertThat(schema.path("$schema").textValue()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$id").textValue()).endsWith("/" + type + ".schema.json");
        assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(EventSchemasTest.class.getResourceAsStream("/draft/2020-12/schema"))
                        .validate(schema))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void theSchemaNamesTheRecordsFieldsAndTheirForm(Class<?> record) {
        assertSame(record.getSimpleName(), record, EventContract.schema(KINDS.get(record)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void readersMayMeetFieldsTheyDoNotKnow(String type) {
        assertOpen(EventContract.schema(type));
    }

    private static void assertSame(String path, Class<?> record, JsonNode schema) {
        Map<String, RecordComponent> fields = Arrays.stream(record.getRecordComponents())
                .collect(Collectors.toMap(field -> new SnakeCaseStrategy().translate(field.getName()), field -> field));
        TreeSet<String> named = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(named::add);
        assertThat(named).as(path).isEqualTo(new TreeSet<>(fields.keySet()));
        schema.path("required")
                .forEach(required -> assertThat(named).as("%s requires", path).contains(required.textValue()));
        fields.forEach((name, field) ->
                assertForm(path + "." + name, field, schema.path("properties").path(name)));
    }

    private static void assertForm(String path, RecordComponent field, JsonNode schema) {
        Class<?> type = field.getType();
        if (type.isRecord()) {
            assertSame(path, type, schema);
        } else if (type == UUID.class) {
            assertThat(schema.path("format").textValue()).as(path).isEqualTo("uuid");
        } else if (type == Instant.class) {
            assertThat(schema.path("format").textValue()).as(path).isEqualTo("date-time");
        } else if (type == long.class) {
            assertThat(schema.path("type").textValue()).as(path).isEqualTo("integer");
        } else if (type == boolean.class) {
            assertThat(schema.path("type").textValue()).as(path).isEqualTo("boolean");
        } else if (type == List.class) {
            assertThat(schema.path("type").textValue()).as(path).isEqualTo("array");
        } else {
            assertThat(type).as(path).isEqualTo(String.class);
            assertThat(schema.has("enum") || schema.path("type").toString().contains("string"))
                    .as(path)
                    .isTrue();
        }
    }

    private static void assertOpen(JsonNode schema) {
        assertThat(schema.findValues("additionalProperties")).isEmpty();
        assertThat(schema.findValues("unevaluatedProperties")).isEmpty();
    }

    private static List<String> files(String directory) throws Exception {
        Path path = new File(EventSchemasTest.class.getResource(directory).toURI()).toPath();
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
