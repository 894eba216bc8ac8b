package dev.afluente.webhooks.intake.stream;

import dev.afluente.model.event.Topics;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;

/**
 * Keeps the stream usable and knows whether it is: on one thread of its own, because everything it does may wait. Makes the
 * producer once a broker can be found, renews a spoiled one, keeps the partitions known, asks the brokers how they are. The
 * service starts without Kafka and comes back with it; nobody has to restart anything.
 *
 * <p>{@link #state()} is as old as {@link StreamConfig#watchInterval()} at most, plus some 4 s while no broker answers.
 */
@Singleton
public class StreamWatch {

    private static final List<String> TOPICS = List.of(Topics.PLUGGY_WEBHOOKS, Topics.PLUGGY_WEBHOOKS_DEAD_LETTERS);

    /** Eager while the stream cannot be used: a start should not wait for the next regular look. */
    private static final Duration EAGER = Duration.ofMillis(100);

    /** How long a lost record keeps readiness down when none has been kept since. Without traffic nothing else would lift it. */
    private static final Duration LOSING = Duration.ofSeconds(5);

    /** Brokers that are well while every record is lost mean that the producer knows the wrong ones. */
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final Stream stream;
    private final BrokerProbe probe;
    private final Duration interval;
    private final ScheduledExecutorService thread;
    private volatile StreamState state = StreamState.STARTING;
    private long losingSince;

    StreamWatch(Stream stream, StreamConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.stream = stream;
        if (config.minReplicas() < 1) {
            throw new IllegalStateException("afluente.webhook.stream.min-replicas must be at least 1");
        }
        this.probe = new BrokerProbe(ProducerSettings.watching(kafka), TOPICS, config.minReplicas());
        this.interval = config.watchInterval();
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread watch = new Thread(work, "stream-watch");
            watch.setDaemon(true);
            return watch;
        });
    }

    void start(@Observes StartupEvent started) {
        thread.execute(this::look);
    }

    /** For any thread; never waits. */
    public StreamState state() {
        return state;
    }

    private void look() {
        try {
            StreamState seen = observed();
            if (seen != state) {
                Log.infof("stream: state=%s", seen.key());
                state = seen;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            // Whatever it was, the next look must come.
            Log.warnf("stream: watch_failed type=%s", e.getClass().getName());
            state = StreamState.BROKER_UNREACHABLE;
        }
        Duration pause = state == StreamState.READY ? interval : EAGER;
        var unused = thread.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private StreamState observed() throws InterruptedException {
        StreamState brokers = probe.look();
        try {
            stream.prepare(TOPICS);
        } catch (KafkaException e) {
            return brokers == StreamState.READY ? StreamState.STARTING : brokers;
        }
        return brokers == StreamState.READY && stream.losing(LOSING) ? failing() : brokers;
    }

    private StreamState failing() {
        long now = System.nanoTime();
        if (state != StreamState.DELIVERIES_FAILING) {
            losingSince = now;
        } else if (now - losingSince > STUCK.toNanos()) {
            losingSince = now;
            stream.renew();
        }
        return StreamState.DELIVERIES_FAILING;
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
        probe.close();
    }
}
