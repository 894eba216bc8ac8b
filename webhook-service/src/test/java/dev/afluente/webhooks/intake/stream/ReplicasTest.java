package dev.afluente.webhooks.intake.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.embedded.kafka.KafkaServer;
import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.webhooks.intake.IntakeConfig;
import dev.afluente.webhooks.signature.Settings;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What "every in-sync replica has it" rests on. */
class ReplicasTest {
    private static final List<Node> NODES = IntStream.rangeClosed(1, 3)
            .mapToObj(id -> new Node(id, "broker", 9092))
            .toList();

    @Test
    void anAcknowledgementMeansAllReplicasWhateverTheKafkaSettingsSay() {
        Map<String, Object> settings = ProducerSettings.of(
                Map.of("acks", "0", "enable.idempotence", "false", "max.block.ms", "60000", "client.id", "door"),
                Settings.of(IntakeConfig.class, "afluente.webhook.intake"),
                Settings.of(StreamConfig.class, "afluente.webhook.stream"));
        assertThat(settings)
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .containsEntry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0)
                .containsEntry("client.id", "door");
        int delivery = (int) settings.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        assertThat(delivery)
                .isLessThan(4_000)
                .isGreaterThanOrEqualTo((int) settings.get(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
                        + (int) settings.get(ProducerConfig.LINGER_MS_CONFIG));
    }

    @Test
    void twoCopiesAreWantedUnlessSomebodySaysOtherwise() {
        assertThat(Settings.of(StreamConfig.class, "afluente.webhook.stream").minReplicas())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        // in sync: first partition, second partition; min.insync.replicas; wanted
        "3, 3, 2, 2, READY",
        "2, 2, 2, 2, READY",
        "3, 1, 2, 2, TOO_FEW_REPLICAS",
        "3, 2, 3, 2, TOO_FEW_REPLICAS",
        // All copies are there, and one would do: the broker that has it may be the one that is lost.
        "3, 3, 1, 2, MIN_INSYNC_TOO_LOW",
        "1, 1, 1, 1, READY",
        "0, 1, 1, 1, TOO_FEW_REPLICAS",
        // Not allowed to read the topic's settings.
        "2, 2, , 2, READY",
        "2, 1, , 2, TOO_FEW_REPLICAS"
    })
    void everyPartitionMustHaveEnoughAndTheTopicMustPromiseThem(
            int first, int second, Integer promised, int wanted, StreamState expected) {
        TopicDescription topic = new TopicDescription("t", false, List.of(partition(0, first), partition(1, second)));
        OptionalInt promise = promised == null ? OptionalInt.empty() : OptionalInt.of(promised);
        assertThat(BrokerProbe.judged(topic, promise, wanted)).isEqualTo(expected);
    }

    @Test
    void aPartitionWithoutALeaderTakesNothing() {
        TopicPartitionInfo lost = new TopicPartitionInfo(0, null, NODES, NODES);
        TopicDescription topic = new TopicDescription("t", false, List.of(lost));
        assertThat(BrokerProbe.judged(topic, OptionalInt.of(2), 2)).isEqualTo(StreamState.TOO_FEW_REPLICAS);
        assertThat(BrokerProbe.judged(new TopicDescription("t", false, List.of()), OptionalInt.of(2), 2))
                .isEqualTo(StreamState.TOO_FEW_REPLICAS);
    }

    @Test
    void aRealBrokerThatPromisesOneCopyIsNotEnoughForTwo() throws InterruptedException {
        String topic = "replicas-" + UUID.randomUUID();
        KafkaServer kafka = KafkaResource.server().createTopics(Set.of(topic));
        Map<String, Object> settings = ProducerSettings.watching(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        try (BrokerProbe one = new BrokerProbe(settings, List.of(topic), 1);
                BrokerProbe two = new BrokerProbe(settings, List.of(topic), 2)) {
            assertThat(one.look()).isEqualTo(StreamState.READY);
            assertThat(two.look()).isEqualTo(StreamState.MIN_INSYNC_TOO_LOW);
        }
    }

    private static TopicPartitionInfo partition(int number, int inSync) {
        return new TopicPartitionInfo(number, NODES.get(0), NODES, NODES.subList(0, inSync));
    }
}
