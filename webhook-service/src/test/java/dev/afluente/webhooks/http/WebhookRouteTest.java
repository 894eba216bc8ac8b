package dev.afluente.webhooks.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.model.event.Topics;
import dev.afluente.webhooks.intake.Admission;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The door over real HTTP, in front of a real Kafka. */
@QuarkusTest
@QuarkusTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = "pluggy.webhooks,pluggy.webhooks.dead-letters"))
class WebhookRouteTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int LIMIT = 256 * 1024;

    @TestHTTPResource("/api/banking/webhooks/pluggy")
    URI door;

    @TestHTTPResource("/q/")
    URI management;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Admission admission;

    @BeforeEach
    void ready() {
        await().atMost(Duration.ofSeconds(20)).until(() -> get("health/ready").statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void anEventIsInTheTopicByteForByteBeforeTheAnswer(String end) throws Exception {
        String id = UUID.randomUUID().toString();
        String body = Notification.event(id, "item-1");
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        HttpResponse<String> answer =
                send(Notification.signed(URI.create(door + end), body).header("traceparent", traceparent));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();

        ConsumerRecord<byte[], byte[]> record = only(Topics.PLUGGY_WEBHOOKS, id);
        assertThat(record.value()).isEqualTo(body.getBytes(UTF_8));
        assertThat(new String(record.key(), UTF_8)).isEqualTo("item-1");
        assertThat(TopicReader.header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(TopicReader.header(record, "ce_type")).isEqualTo("ai.pluggy.item/updated");
        assertThat(TopicReader.header(record, "ce_source")).isEqualTo("/afluente/webhook-service");
        assertThat(TopicReader.header(record, "ce_subject")).isEqualTo("item-1");
        assertThat(TopicReader.header(record, "content-type")).isEqualTo("application/json");
        assertThat(TopicReader.header(record, "traceparent")).isEqualTo(traceparent);
        assertThat(java.time.Instant.parse(TopicReader.header(record, "ce_time")))
                .isBetween(java.time.Instant.now().minusSeconds(30), java.time.Instant.now());
    }

    @Test
    void aBrokenTraceIsReplacedAndAnUnknownKindPassedOn() throws Exception {
        String id = UUID.randomUUID().toString();
        String body = "{\"event\":\"consent/expired\",\"eventId\":\"" + id + "\"}";
        HttpRequest.Builder request = Notification.signed(door, body).header("traceparent", "00-zz");
        assertThat(send(request.setHeader("Content-Type", "text/plain")).statusCode())
                .isEqualTo(202);
        ConsumerRecord<byte[], byte[]> record = only(Topics.PLUGGY_WEBHOOKS, id);
        assertThat(TopicReader.header(record, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(TopicReader.header(record, "ce_type")).isEqualTo("ai.pluggy.consent/expired");
        assertThat(new String(record.key(), UTF_8)).isEqualTo(id);
        assertThat(get("metrics").body()).containsPattern("afluente_webhook_events_total\\{kind=\"unknown\"\\} [1-9]");
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, our-client, signature_missing",
        "true, false, our-client, header_secret_missing",
        "true, true, another-client, client_id_mismatch"
    })
    void whicheverLayerRefusesTheAnswerIsTheSame(boolean signature, boolean header, String client, String reason)
            throws Exception {
        String id = UUID.randomUUID().toString();
        byte[] body =
                Notification.event(id, "item-1").replace("our-client", client).getBytes(UTF_8);
        HttpRequest.Builder request = Notification.unsigned(door, BodyPublishers.ofByteArray(body));
        HttpRequest genuine = Notification.signed(door, body).build();
        if (signature) {
            request.header(
                    "X-Pluggy-Signature",
                    genuine.headers().firstValue("X-Pluggy-Signature").orElseThrow());
        }
        if (header) {
            request.header("Authorization", Notification.HEADER_SECRET);
        }
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .isEqualTo("{\"status\":401,\"title\":\"The notification could not be proved genuine\","
                        + "\"instance\":\"/api/banking/webhooks/pluggy\",\"code\":\"not_genuine\"}");
        assertThat(reader().all(Topics.PLUGGY_WEBHOOKS, record -> id.equals(TopicReader.header(record, "ce_id"))))
                .isEmpty();
        assertThat(get("metrics").body()).containsPattern("refused_total\\{reason=\"" + reason + "\"\\} [1-9]");
    }

    @Test
    void aTokenThatIsNoneOfOursIsNotGenuineRatherThanUnauthorized() throws Exception {
        HttpResponse<String> answer = send(Notification.unsigned(door, BodyPublishers.ofString("{}"))
                .header("Authorization", "Bearer not.a.token"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"not_genuine\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"event\":|malformed_json", "[]|not_an_object", "{\"x\":\"é\"}|no_event_kind"})
    void whatIsNoEventIsAmongTheDeadLettersBeforeTheAnswer(String body, String reason) throws Exception {
        String unique = body + " ".repeat(1 + (int) (System.nanoTime() % 1000));
        HttpResponse<String> answer = send(Notification.signed(door, unique));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"not_an_event\"");
        List<ConsumerRecord<byte[], byte[]>> letters = reader().all(
                        Topics.PLUGGY_WEBHOOKS_DEAD_LETTERS,
                        record -> new String(record.value(), UTF_8).equals(unique));
        assertThat(letters).isNotEmpty();
        assertThat(TopicReader.header(letters.get(0), "dead_letter_reason")).isEqualTo(reason);
        assertThat(TopicReader.header(letters.get(0), "ce_id")).startsWith("sha256:");
        assertThat(TopicReader.header(letters.get(0), "content-type")).isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource({"0,false,202", "0,true,202", "1,false,413", "1,true,413", "3000000,false,413", "3000000,true,413"})
    void theLimitHoldsToTheByteWhetherOrNotTheLengthIsAnnounced(int over, boolean chunked, int status)
            throws Exception {
        String event = Notification.event(UUID.randomUUID().toString(), "item-big");
        byte[] body = (event + " ".repeat(LIMIT - event.getBytes(UTF_8).length + over)).getBytes(UTF_8);
        String answer = RawSender.send(Notification.signed(door, body).build(), body, chunked, body.length);
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        if (status == 413) {
            assertThat(answer).contains("\"code\":\"payload_too_large\"");
        }
        await().untilAsserted(() -> assertThat(admission.held()).isZero());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSenderThatStopsHalfwayIsAnsweredAtTheDeadline(boolean chunked) throws Exception {
        byte[] body =
                Notification.event(UUID.randomUUID().toString(), "item-slow").getBytes(UTF_8);
        long started = System.nanoTime();
        String answer = RawSender.send(Notification.signed(door, body).build(), body, chunked, 40);
        long millis = (System.nanoTime() - started) / 1_000_000;
        assertThat(answer).startsWith("HTTP/1.1 503").contains("stream_unavailable");
        // The connection stays open for up to a second more, for what may still be on its way.
        assertThat(millis).isBetween(3_900L, 5_400L);
        assertThat(admission.held()).isZero();
    }

    /** Pluggy keeps its connections: whatever becomes of a request that arrived in full, the next one may use its connection. */
    @Test
    void noConnectionIsClosedBecauseOfAnAnswer() throws Exception {
        String event = Notification.event(UUID.randomUUID().toString(), "item-1");
        HttpResponse<String> accepted = send(Notification.signed(door, event));
        HttpResponse<String> refused = send(Notification.unsigned(door, BodyPublishers.ofString(event)));
        HttpResponse<String> noEvent = send(Notification.signed(door, "[]"));
        assertThat(List.of(accepted.statusCode(), refused.statusCode(), noEvent.statusCode()))
                .containsExactly(202, 401, 400);
        assertThat(List.of(accepted, refused, noEvent))
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("Connection")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void onlyPostIsOffered(String method) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(door).method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
        assertThat(answer.body()).contains("\"code\":\"method_not_allowed\"");
    }

    private ConsumerRecord<byte[], byte[]> only(String topic, String id) {
        List<ConsumerRecord<byte[], byte[]>> found =
                reader().all(topic, record -> id.equals(TopicReader.header(record, "ce_id")));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private TopicReader reader() {
        return new TopicReader(bootstrapServers);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(management.resolve(path)).GET());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
