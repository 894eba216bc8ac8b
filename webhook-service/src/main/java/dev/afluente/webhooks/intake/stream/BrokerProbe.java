package dev.afluente.webhooks.intake.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the brokers whether they could take a record with all acknowledgements now: every partition has a leader and enough
 * replicas in sync. Waits at most {@link #PATIENCE} for each of two questions; for one thread, the watch's.
 */
final class BrokerProbe implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private final List<String> topics;
    private Admin admin;

    BrokerProbe(Map<String, Object> settings, List<String> topics) {
        this.settings = settings;
        this.topics = topics;
    }

    /** Never {@link StreamState#STARTING} or {@link StreamState#DELIVERIES_FAILING}. */
    StreamState look() throws InterruptedException {
        try {
            if (admin == null) {
                admin = Admin.create(settings);
            }
            Collection<TopicDescription> found = admin.describeTopics(topics)
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values();
            return enoughReplicas(found) ? StreamState.READY : StreamState.TOO_FEW_REPLICAS;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException
                    ? StreamState.TOPIC_MISSING
                    : StreamState.BROKER_UNREACHABLE;
        } catch (TimeoutException | KafkaException e) {
            return StreamState.BROKER_UNREACHABLE;
        }
    }

    private boolean enoughReplicas(Collection<TopicDescription> found) throws InterruptedException {
        for (TopicDescription topic : found) {
            int least = topic.partitions().stream()
                    .mapToInt(partition ->
                            partition.leader() == null ? 0 : partition.isr().size())
                    .min()
                    .orElse(0);
            if (least < 1 || least < required(topic.name())) {
                return false;
            }
        }
        return true;
    }

    /** One, where we may not read the topic's settings: a failing delivery will tell. */
    private int required(String topic) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(resource);
            return Integer.parseInt(
                    config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value());
        } catch (ExecutionException | TimeoutException | NumberFormatException e) {
            return 1;
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
