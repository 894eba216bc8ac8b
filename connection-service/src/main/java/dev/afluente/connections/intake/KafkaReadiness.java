package dev.afluente.connections.intake;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when a broker answers within {@value #PATIENCE_MS} ms. Requests are served without Kafka, events wait in the
 * outbox: where all instances share one Kafka, {@code afluente.readiness.kafka=false} keeps an outage of Kafka from
 * becoming one of the API.
 */
@Readiness
@Singleton
class KafkaReadiness implements AsyncHealthCheck {
    private static final int PATIENCE_MS = 2_000;
    private static final String NAME = "Kafka";

    private final boolean asked;
    private final Map<String, Object> settings = new HashMap<>();
    private AdminClient client;

    KafkaReadiness(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "afluente.readiness.kafka", defaultValue = "true") boolean asked) {
        this.asked = asked;
        kafka.forEach((name, value) -> {
            if (AdminClientConfig.configNames().contains(name)) {
                settings.put(name, value.toString());
            }
        });
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!asked) {
            return Uni.createFrom().item(HealthCheckResponse.up(NAME));
        }
        return Uni.createFrom()
                .deferred(() -> Uni.createFrom()
                        .completionStage(connected()
                                .describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MS))
                                .nodes()
                                .toCompletionStage()))
                // Making the client resolves names, which blocks.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(nodes -> nodes.isEmpty() ? HealthCheckResponse.down(NAME) : HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.down(NAME));
    }

    private synchronized AdminClient connected() {
        if (client == null) {
            client = AdminClient.create(settings);
        }
        return client;
    }

    @PreDestroy
    synchronized void end() {
        if (client != null) {
            client.close(Duration.ofSeconds(1));
        }
    }
}
