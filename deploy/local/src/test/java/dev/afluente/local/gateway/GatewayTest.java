package dev.afluente.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.afluente.embedded.identity.DevKeys;
import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.identity.Tokens;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
    private static final byte[] LARGE = new byte[3_000_000];

    @TempDir
    Path directory;

    private final PortPlan ports = PortPlan.free();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private DevKeys keys;
    private Gateway gateway;
    private HttpServer sync;

    @BeforeEach
    void start() throws Exception {
        keys = DevKeys.in(directory);
        gateway = new Gateway(ports, new Tokens(keys)).start();
        sync = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of(Role.SYNC)), 10);
        sync.setExecutor(Executors.newCachedThreadPool());
        sync.createContext("/", GatewayTest::echo);
        sync.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        sync.stop(0);
    }

    /** Answers with method, path and query in a header, and with the request's own body. */
    private static void echo(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("x-seen", exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("/teapot") ? 418 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void passesRequestsOnAsTheyAre() throws Exception {
        HttpResponse<String> answer = post("/api/banking/accounts/7?a=b%20c", "{\"alias\":\"Casa\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-seen")).contains("POST /api/banking/accounts/7?a=b%20c");
        assertThat(answer.body()).isEqualTo("{\"alias\":\"Casa\"}");
        assertThat(get("/api/banking/accounts/teapot").statusCode()).isEqualTo(418);
    }

    @Test
    void streamsLargeBodiesBothWays() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/api/banking/transactions"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(LARGE))
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.body()).hasSize(LARGE.length);
    }

    @Test
    void saysThatAServiceIsAwayAndNothingMore() throws Exception {
        HttpResponse<String> answer = post("/api/banking/connections/create_connect_token", "{}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(JsonHttp.JSON.readTree(answer.body()).path("code").asText()).isEqualTo("upstream_unavailable");
        assertThat(answer.body()).doesNotContain("127.0.0.1").doesNotContain("refused");
    }

    @Test
    void knowsOnlyTheApi() throws Exception {
        HttpResponse<String> answer = get("/etc/passwd");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(JsonHttp.JSON.readTree(answer.body()).path("code").asText()).isEqualTo("not_found");
    }

    @Test
    void signsTokensForDevelopment() throws Exception {
        HttpResponse<String> answer =
                post("/dev/token", "{\"user\":\"ana\",\"tenant\":\"acme\",\"roles\":[\"user\",\"operator\"]}");
        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKey(keys.publicKey())
                .setExpectedIssuer(TokenClaims.ISSUER)
                .setExpectedAudience(TokenClaims.AUDIENCE)
                .build()
                .processToClaims(JsonHttp.JSON
                        .readTree(answer.body())
                        .path("access_token")
                        .asText());
        assertThat(claims.getSubject()).isEqualTo("ana");
        assertThat(claims.getClaimValueAsString("tenant")).isEqualTo("acme");
        assertThat(claims.getStringListClaimValue("groups")).containsExactlyInAnyOrder("user", "operator");
    }

    @Test
    void refusesTokenRequestsThatMakeNoSense() throws Exception {
        for (String body : new String[] {
            "",
            "{}",
            "[]",
            "{\"user\":\"\"}",
            "{\"user\":7}",
            "{\"user\":\"a\",\"roles\":\"x\"}",
            "{\"user\":\"a\",\"roles\":[1]}"
        }) {
            assertThat(post("/dev/token", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(post("/dev/token", "{\"user\":\"" + "a".repeat(20_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(get("/dev/token/").statusCode()).isEqualTo(405);
    }

    @Test
    void isUpOnlyWhenAllThreeServicesAre() throws Exception {
        HttpResponse<String> answer = get("/health");
        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode services = JsonHttp.JSON.readTree(answer.body()).path("services");
        assertThat(services.path("sync-service").asText()).isEqualTo("UP");
        assertThat(services.path("connection-service").asText()).isEqualTo("DOWN");
        assertThat(services.path("webhook-service").asText()).isEqualTo("DOWN");
    }

    @Test
    void notesWhenANotificationKnocks() throws Exception {
        assertThat(gateway.lastWebhook()).isEmpty();
        post("/api/banking/webhooks/pluggy", "{}");
        assertThat(gateway.lastWebhook()).isPresent();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
