package dev.afluente.webhooks.intake.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
 * replicas in sync, and both topics promise as many copies as are wanted. Waits at most {@link #PATIENCE} for each of two questions; for one thread, the watch's.
 */
final class BrokerProbe implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private final List<String> topics;
    private final int minReplicas;
    private Admin admin;

    /** @param minReplicas as {@link StreamConfig#minReplicas()} */
    BrokerProbe(Map<String, Object> settings, List<String> topics, int minReplicas) {
        this.settings = settings;
        this.topics = topics;
        this.minReplicas = minReplicas;
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
            return replicas(found);
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException
                    ? StreamState.TOPIC_MISSING
                    : StreamState.BROKER_UNREACHABLE;
        } catch (TimeoutException | KafkaException e) {
            return StreamState.BROKER_UNREACHABLE;
        }
    }

    private StreamState replicas(Collection<TopicDescription> found) throws InterruptedException {
        for (TopicDescription topic : found) {
            StreamState state = judged(topic, promised(topic.name()), minReplicas);
            if (state != StreamState.READY) {
                return state;
            }
        }
        return StreamState.READY;
    }

    /**
     * Whether a topic takes records now, and keeps each in enough brokers.
     *
     * @param promised the topic's {@code min.insync.replicas}; empty where we may not read it: then what is in sync now counts
     */
    static StreamState judged(TopicDescription topic, OptionalInt promised, int minReplicas) {
        if (promised.isPresent() && promised.getAsInt() < minReplicas) {
            return StreamState.MIN_INSYNC_TOO_LOW;
        }
        int least = topic.partitions().stream()
                .mapToInt(partition ->
                        partition.leader() == null ? 0 : partition.isr().size())
                .min()
                .orElse(0);
        return least >= Math.max(1, promised.orElse(minReplicas)) ? StreamState.READY : StreamState.TOO_FEW_REPLICAS;
    }

    private OptionalInt promised(String topic) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(resource);
            return OptionalInt.of(Integer.parseInt(
                    config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value()));
        } catch (ExecutionException | TimeoutException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
