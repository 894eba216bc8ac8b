package dev.afluente.model.servers;

import dev.afluente.embedded.kafka.KafkaServer;
import dev.afluente.embedded.postgres.PostgresServer;
import java.nio.file.Path;

/** The real servers of this module's tests, one of each kind, started at first use. A test that ends one starts it again. */
public final class Servers {
    private static final PostgresServer POSTGRES = new PostgresServer(Path.of("target", "embedded", "postgres"), 0);
    private static final KafkaServer KAFKA = new KafkaServer(Path.of("target", "embedded", "kafka"), 0);

    private Servers() {}

    /** Returns the running server. */
    public static PostgresServer postgres() {
        return POSTGRES.start();
    }

    /** Returns the running broker. */
    public static synchronized KafkaServer kafka() {
        if (!KAFKA.alive()) {
            KAFKA.start();
        }
        return KAFKA;
    }
}
