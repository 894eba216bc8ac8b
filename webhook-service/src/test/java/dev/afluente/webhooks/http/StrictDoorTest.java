package dev.afluente.webhooks.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.webhooks.signature.hmac.Signer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The door that asks where a delivery comes from and for whom it is, over real HTTP from two addresses of this machine: one is
 * our proxy's, the other anybody's. Quarkus itself is told to believe forwarding headers, which must change nothing.
 */
@QuarkusTest
@TestProfile(StrictDoorTest.Strict.class)
@QuarkusTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = "pluggy.webhooks,pluggy.webhooks.dead-letters"))
class StrictDoorTest {
    private static final String PROXY = "127.0.0.2";
    private static final String ANYBODY = "127.0.0.1";
    private static final String ALLOWED = "203.0.113.9";

    /** Sources, trusted proxies, and payloads that must name their client. */
    public static final class Strict implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "afluente.webhook.source.allowed", "203.0.113.0/24",
                    "afluente.webhook.source.trusted-proxies", PROXY + "/32",
                    "afluente.webhook.client.absent", "refuse",
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.allow-x-forwarded", "true");
        }
    }

    @TestHTTPResource("/api/banking/webhooks/pluggy")
    URI door;

    @BeforeEach
    void ready() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @ParameterizedTest
    @CsvSource({
        // Whoever is no proxy of ours writes what it likes.
        ANYBODY + "," + ALLOWED + ",401",
        ANYBODY + ",::ffff:" + ALLOWED + ",401",
        ANYBODY + ",,401",
        PROXY + "," + ALLOWED + ",202",
        PROXY + ",::ffff:" + ALLOWED + ",202",
        PROXY + ",198.51.100.1,401",
        // The proxy adds at the right; what stands left of it the sender wrote.
        PROXY + ",'" + ALLOWED + ", 198.51.100.1',401",
        PROXY + ",,401"
    })
    void onlyOurProxyIsBelievedAboutTheSender(String peer, String forwarded, int status) throws IOException {
        String body = Notification.event(UUID.randomUUID().toString(), "item-1");
        assertThat(post(peer, forwarded, body)).contains(" " + status + " ");
    }

    @Test
    void anEventMustNameItsClientAndWhatIsNoEventCannot() throws IOException {
        String id = UUID.randomUUID().toString();
        assertThat(post(PROXY, ALLOWED, "{\"event\":\"item/updated\",\"eventId\":\"" + id + "\"}"))
                .contains(" 401 ");
        assertThat(post(PROXY, ALLOWED, "{\"event\":")).contains(" 400 ");
        assertThat(given().get("/q/metrics").asString())
                .containsPattern("dead_letters_total\\{reason=\"malformed_json\"\\} [1-9]")
                .containsPattern("refused_total\\{reason=\"client_id_absent\"\\} 1")
                .containsPattern("stream_state\\{state=\"ready\"\\} 1");
    }

    /** Returns the status line. */
    private String post(String peer, String forwarded, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        String head = "POST " + door.getPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "X-Pluggy-Signature: sha256=" + Signer.hex(Notification.SECRET, bytes) + "\r\n"
                + "Authorization: " + Notification.HEADER_SECRET + "\r\n"
                + (forwarded == null ? "" : "X-Forwarded-For: " + forwarded + "\r\n")
                + "Content-Length: " + bytes.length + "\r\n\r\n";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), door.getPort(), InetAddress.getByName(peer), 0)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
        }
    }
}
