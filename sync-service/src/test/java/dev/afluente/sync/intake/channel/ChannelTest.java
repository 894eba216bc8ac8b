package dev.afluente.sync.intake.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class ChannelTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theOldestWorkThatIsTriedAgainSaysHowLongItWaits() {
        Channel channel = new Channel();
        assertThat(channel.waiting(50 * SECOND)).isZero();
        channel.refused("first", 10 * SECOND);
        channel.refused("second", 20 * SECOND);
        channel.refused("first", 30 * SECOND);
        assertThat(channel.waiting(50 * SECOND)).isEqualTo(Duration.ofSeconds(40));
        channel.over("first");
        assertThat(channel.waiting(50 * SECOND)).isEqualTo(Duration.ofSeconds(30));
        channel.over("second");
        assertThat(channel.waiting(50 * SECOND)).isZero();
    }

    @Test
    void oneConsumerThatNoLongerPollsIsEnoughToBeSilent() {
        Channel channel = new Channel();
        channel.expect("a", 0);
        channel.expect("b", 0);
        channel.polled("a", 60 * SECOND);
        channel.polled("b", 50 * SECOND);
        channel.expect("a", 70 * SECOND);
        assertThat(channel.silent(61 * SECOND)).isEqualTo(Duration.ofSeconds(11));
        channel.expect("never polled", 5 * SECOND);
        assertThat(channel.silent(61 * SECOND)).isEqualTo(Duration.ofSeconds(56));
    }

    @Test
    void whoHasNeverPolledOrIsClosedTellsNoPoll() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9",
                        ConsumerConfig.GROUP_ID_CONFIG, "nobody"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try (consumer) {
            assertThat(LastPoll.secondsAgo(null)).isEmpty();
            assertThat(LastPoll.secondsAgo(consumer)).isEmpty();
            consumer.subscribe(List.of("nothing"));
            consumer.poll(Duration.ZERO);
            assertThat(LastPoll.secondsAgo(consumer).orElse(99)).isLessThan(5);
        }
        assertThat(LastPoll.secondsAgo(consumer)).isEmpty();
    }
}
