package dev.afluente.sync.intake.channel;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** When a consumer last asked Kafka for records, as Kafka's client itself counts it. For any thread. */
final class LastPoll {
    private static final String NAME = "last-poll-seconds-ago";

    private LastPoll() {}

    /** Empty when it has never asked, or is closed. */
    static OptionalLong secondsAgo(Consumer<?, ?> consumer) {
        if (consumer == null) {
            return OptionalLong.empty();
        }
        for (Map.Entry<MetricName, ? extends Metric> metric : consumer.metrics().entrySet()) {
            if (metric.getKey().name().equals(NAME)
                    && metric.getValue().metricValue() instanceof Number ago
                    && ago.longValue() >= 0) {
                return OptionalLong.of(ago.longValue());
            }
        }
        return OptionalLong.empty();
    }
}
