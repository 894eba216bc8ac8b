package dev.afluente.embedded.testing;

import dev.afluente.embedded.identity.DevKeys;
import dev.afluente.embedded.kafka.KafkaServer;
import dev.afluente.embedded.postgres.DataDirectories;
import dev.afluente.embedded.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * One PostgreSQL, one Kafka and one key pair for all tests of a JVM, below {@code target/embedded} of the module under test.
 * Started on first use, ended with the JVM. The cluster is kept between runs, because making one takes seconds; its databases
 * and Kafka's data are not.
 */
final class Shared {
    private static final Path HOME = Path.of("target/embedded").toAbsolutePath();

    private static PostgresServer postgres;
    private static KafkaServer kafka;
    private static DevKeys keys;

    private Shared() {}

    static synchronized PostgresServer postgres() {
        if (postgres == null) {
            postgres = new PostgresServer(HOME.resolve("postgres"), 0);
        }
        return postgres.start();
    }

    static synchronized KafkaServer kafka() {
        if (kafka == null) {
            try {
                DataDirectories.delete(HOME.resolve("kafka/data"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            kafka = new KafkaServer(HOME.resolve("kafka"), 0);
        }
        return kafka.start();
    }

    static synchronized DevKeys keys() {
        try {
            if (keys == null) {
                keys = DevKeys.in(HOME.resolve("identity"));
            }
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
