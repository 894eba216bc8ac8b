package dev.afluente.embedded.testing;

import dev.afluente.embedded.kafka.KafkaServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Set;

/**
 * A real Kafka for a {@code @QuarkusTest}. Init argument {@code topics}: the topics to make, separated by commas, with
 * {@value KafkaServer#PARTITIONS} partitions each. A test that stops or kills the broker starts it again before it ends.
 */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {
    private Set<String> topics = Set.of();

    /** The broker of this JVM, started if it is not running. */
    public static KafkaServer server() {
        return Shared.kafka();
    }

    @Override
    public void init(Map<String, String> arguments) {
        String names = arguments.getOrDefault("topics", "");
        topics = names.isBlank() ? Set.of() : Set.of(names.trim().split("\\s*,\\s*"));
    }

    @Override
    public Map<String, String> start() {
        KafkaServer server = server().createTopics(topics);
        return Map.of("kafka.bootstrap.servers", server.bootstrapServers());
    }

    @Override
    public void stop() {
        // the next test class uses the same broker; the guardian ends it with the JVM
    }
}
