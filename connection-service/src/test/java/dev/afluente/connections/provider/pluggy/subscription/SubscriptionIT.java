package dev.afluente.connections.provider.pluggy.subscription;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.database.Schema.SchemaReady;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.embedded.testing.SandboxResource;
import dev.afluente.model.pluggy.PluggyConfig;
import dev.afluente.model.pluggy.PluggySession;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The webhook at Pluggy comes, and comes back, by itself. */
@QuarkusTest
@TestProfile(SubscriptionIT.Subscribed.class)
class SubscriptionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Vertx vertx;

    @Inject
    PluggySession pluggy;

    @Inject
    MeterRegistry metrics;

    @Inject
    SentSecrets sent;

    @Inject
    PluggyConfig keys;

    @Inject
    Clock clock;

    /** Looks every second. */
    public static class Subscribed implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(PostgresResource.class, Map.of("database", ScriptedPluggyTest.DATABASE)),
                    new TestResourceEntry(KafkaResource.class, Map.of("topics", ScriptedPluggyTest.TOPICS)),
                    new TestResourceEntry(IdentityResource.class),
                    new TestResourceEntry(SandboxResource.class),
                    new TestResourceEntry(Door.class));
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "afluente.subscription.header-secret", "first-secret",
                    "afluente.subscription.interval", "PT1S");
        }
    }

    @Test
    void isMadeAndEnabledAndMadeAnew() {
        String id = awaitActive();
        given().get("/q/health/well").then().statusCode(200).body(containsString("active"));

        pluggy().body(Map.of("enabled", false)).patch("/webhooks/" + id).then().statusCode(200);
        assertThat(awaitActive()).isEqualTo(id);

        pluggy().delete("/webhooks/" + id).then().statusCode(200);
        assertThat(awaitActive()).isNotEqualTo(id);

        given().get("/q/metrics")
                .then()
                .body(containsString("afluente_pluggy_subscription_repairs_total{what=\"enabled\"} 1.0"))
                .body(containsString("afluente_pluggy_subscription_active 1.0"));
    }

    @Test
    void aPluggyThatRefusesIsToldInWellnessAndTriedAgain() {
        String id = awaitActive();
        given().contentType(ContentType.JSON)
                .body(Map.of("kind", "status", "status", 503, "method", "POST", "path", "/webhooks"))
                .post(SandboxResource.url() + "/sandbox/faults");
        pluggy().delete("/webhooks/" + id);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        given().get("/q/health/well").then().statusCode(503).body(containsString("broken")));
        given().get("/q/health/ready").then().body("status", equalTo("UP"));

        given().delete(SandboxResource.url() + "/sandbox/faults");

        awaitActive();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/q/health/well").then().statusCode(200));
    }

    /**
     * During a rollout there are two that know different secrets. The one that started last is right, whatever somebody else
     * does to the webhook meanwhile, and the other one keeps quiet.
     */
    @Test
    void theSecretArrivesAndARotatedOneStays() {
        String id = awaitActive();
        String item = given().contentType(ContentType.JSON)
                .body(Map.of("user", "user-ok"))
                .post(SandboxResource.url() + "/sandbox/items")
                .path("id");
        awaitArriving("first-secret", item);
        SubscriptionRounds next =
                new SubscriptionRounds(vertx, pluggy, withSecret("second-secret"), metrics, sent, keys, clock);
        next.begin(new SchemaReady());
        try {
            awaitArriving("second-secret", item);

            pluggy().body(Map.of("headers", Map.of("X-Webhook-Secret", "wrong-secret")))
                    .patch("/webhooks/" + id);
            awaitArriving("second-secret", item);

            pluggy().delete("/webhooks/" + id);
            pluggy().body(Map.of(
                            "url", Door.url(), "event", "all", "headers", Map.of("X-Webhook-Secret", "wrong-secret")))
                    .post("/webhooks");
            awaitArriving("second-secret", item);

            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            assertThat(arriving(item)).containsOnly("second-secret");
            String stored = "SELECT fingerprint || coalesce(webhook_id, '') FROM sent_secrets";
            assertThat(Rows.text(stored)).doesNotContain("second-secret").hasSizeGreaterThan(64);
        } finally {
            next.end();
            Rows.execute("DELETE FROM sent_secrets");
        }
    }

    private static void awaitArriving(String secret, String item) {
        await().atMost(PATIENCE).until(() -> arriving(item).stream().allMatch(secret::equals));
    }

    /** Something happens at the bank: what comes with the notifications about it? */
    private static List<String> arriving(String item) {
        Door.secrets();
        given().contentType(ContentType.JSON)
                .body(Map.of("add", 1))
                .post(SandboxResource.url() + "/sandbox/items/" + item + "/transactions")
                .then()
                .statusCode(200);
        List<String> come = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> come.addAll(Door.secrets()));
        return come;
    }

    private static SubscriptionConfig withSecret(String secret) {
        return new SubscriptionConfig() {
            @Override
            public Optional<URI> url() {
                return Optional.of(URI.create(Door.url()));
            }

            @Override
            public String event() {
                return "all";
            }

            @Override
            public String headerName() {
                return "X-Webhook-Secret";
            }

            @Override
            public Optional<String> headerSecret() {
                return Optional.of(secret);
            }

            @Override
            public Duration interval() {
                return Duration.ofSeconds(1);
            }
        };
    }

    private static String awaitActive() {
        String active = "results.find { it.url == '" + Door.url() + "' && it.disabledAt == null }?.id";
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> pluggy().get("/webhooks").then().extract().<String>path(active),
                        found -> found != null && !found.isEmpty());
    }

    private static RequestSpecification pluggy() {
        String key = given().contentType(ContentType.JSON)
                .body(Map.of("clientId", "sandbox-client-id", "clientSecret", "sandbox-client-secret"))
                .post(SandboxResource.url() + "/auth")
                .path("apiKey");
        return given().baseUri(SandboxResource.url()).header("X-API-KEY", key).contentType(ContentType.JSON);
    }
}
