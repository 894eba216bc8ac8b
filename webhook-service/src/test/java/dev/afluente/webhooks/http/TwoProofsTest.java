package dev.afluente.webhooks.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.model.event.Topics;
import dev.afluente.webhooks.signature.hmac.Signer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A door that wants a header secret and a signature, over real HTTP in front of a real Kafka; two signing secrets are active. */
@QuarkusTest
@QuarkusTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = "pluggy.webhooks,pluggy.webhooks.dead-letters"))
class TwoProofsTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String PREVIOUS = "previous-signing-secret";
    private static final String NOBODYS = "a-secret-of-nobody";
    private static final int SENDERS = 4;
    private static final int EACH = 60;
    private static final int FORGED = 10;

    @TestHTTPResource("/api/banking/webhooks/pluggy")
    URI door;

    @TestHTTPResource("/q/")
    URI management;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @BeforeEach
    void ready() {
        await().atMost(Duration.ofSeconds(20)).until(() -> get("health/ready").statusCode() == 200);
    }

    @ParameterizedTest
    @CsvSource({
        Notification.SECRET + "," + NOBODYS + ",header_secret_mismatch",
        NOBODYS + "," + Notification.HEADER_SECRET + ",signature_mismatch",
        // Each in the other's place.
        Notification.HEADER_SECRET + "," + Notification.SECRET + ",header_secret_mismatch"
    })
    void theRightOneDoesNotMakeUpForTheWrongOne(String signing, String header, String reason) throws Exception {
        String id = UUID.randomUUID().toString();
        double refused = refused(reason);

        HttpResponse<String> answer = deliver(id, signing, header);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"not_genuine\"");
        assertThat(refused(reason)).isEqualTo(refused + 1);
        assertThat(taken(id)).isEmpty();
        // It was its proofs that failed, and nothing else.
        assertThat(deliver(id, Notification.SECRET, Notification.HEADER_SECRET).statusCode())
                .isEqualTo(202);
        assertThat(taken(id)).containsExactly(id);
    }

    /** Every sender changes over at a moment of its own, with forgeries among what it sends. */
    @Test
    void noGenuineDeliveryIsRefusedWhileTheSigningSecretChanges() throws Exception {
        String run = UUID.randomUUID().toString();
        Map<String, Integer> genuine = new ConcurrentHashMap<>();
        Map<String, Integer> forged = new ConcurrentHashMap<>();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                String name = run + "-" + i;
                int change = EACH * (i + 1) / (SENDERS + 1);
                sent.add(senders.submit(() -> {
                    for (int n = 0; n < EACH; n++) {
                        String signing = n < change ? PREVIOUS : Notification.SECRET;
                        genuine.put(name + "-" + n, status(name + "-" + n, signing));
                        if (n % FORGED == 0) {
                            forged.put(name + "-forged-" + n, status(name + "-forged-" + n, NOBODYS));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        } finally {
            senders.shutdownNow();
        }

        assertThat(genuine).hasSize(SENDERS * EACH);
        assertThat(genuine.values()).as("genuine").containsOnly(202);
        assertThat(forged.values()).as("forged").containsOnly(401);
        assertThat(taken(run)).containsExactlyInAnyOrderElementsOf(genuine.keySet());
    }

    private int status(String id, String signing) throws IOException, InterruptedException {
        return deliver(id, signing, Notification.HEADER_SECRET).statusCode();
    }

    private HttpResponse<String> deliver(String id, String signing, String header)
            throws IOException, InterruptedException {
        byte[] body = Notification.event(id, "item-" + id).getBytes(UTF_8);
        return send(Notification.unsigned(door, BodyPublishers.ofByteArray(body))
                .header("X-Pluggy-Signature", "sha256=" + Signer.hex(signing, body))
                .header("Authorization", header));
    }

    /** The ids of what is in either topic, as often as it is. */
    private List<String> taken(String idStart) {
        List<String> ids = new ArrayList<>();
        for (String topic : List.of(Topics.PLUGGY_WEBHOOKS, Topics.PLUGGY_WEBHOOKS_DEAD_LETTERS)) {
            new TopicReader(bootstrapServers).all(topic, record -> {
                String id = String.valueOf(TopicReader.header(record, "ce_id"));
                return id.startsWith(idStart) && ids.add(id);
            });
        }
        return ids;
    }

    private double refused(String reason) throws Exception {
        Matcher line = Pattern.compile("refused_total\\{reason=\"" + reason + "\"\\} (\\S+)")
                .matcher(get("metrics").body());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(management.resolve(path)).GET());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
