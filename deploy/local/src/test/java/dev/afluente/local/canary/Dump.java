package dev.afluente.local.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.embedded.postgres.PostgresDatabases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All that PostgreSQL and Kafka hold, as bytes to search. */
final class Dump {
    private Dump() {}

    /** Every row of every table, as text. */
    static byte[] of(PostgresDatabases databases, String database) throws SQLException, IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET afluente.tenant = '*'");
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
                    while (rows.next()) {
                        all.write((table + ": " + rows.getString(1) + "\n").getBytes(UTF_8));
                    }
                }
            }
        }
        return all.toByteArray();
    }

    /** Every record of every topic: keys, headers and values. */
    static byte[] of(String bootstrapServers) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "dump-" + UUID.randomUUID(),
                "max.poll.records",
                1000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .filter(info -> !info.topic().startsWith("__"))
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    write(all, record);
                }
            }
        }
        return all.toByteArray();
    }

    private static void write(ByteArrayOutputStream all, ConsumerRecord<byte[], byte[]> record) throws IOException {
        all.write((record.topic() + ": ").getBytes(UTF_8));
        write(all, record.key());
        for (var header : record.headers()) {
            write(all, header.key().getBytes(UTF_8));
            write(all, header.value());
        }
        write(all, record.value());
        all.write('\n');
    }

    private static void write(ByteArrayOutputStream all, byte[] bytes) throws IOException {
        all.write(bytes == null ? new byte[0] : bytes);
        all.write(' ');
    }
}
