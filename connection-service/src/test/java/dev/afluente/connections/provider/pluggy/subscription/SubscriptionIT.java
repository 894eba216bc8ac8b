package dev.afluente.connections.provider.pluggy.subscription;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.embedded.testing.SandboxResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The webhook at Pluggy comes, and comes back, by itself. */
@QuarkusTest
@TestProfile(SubscriptionIT.Subscribed.class)
class SubscriptionIT {
    private static final String DOOR = "http://127.0.0.1:9/api/banking/webhooks/pluggy";

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
                    new TestResourceEntry(SandboxResource.class));
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "afluente.subscription.url", DOOR,
                    "afluente.subscription.header-secret", "first-header-secret",
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

    private static String awaitActive() {
        String active = "results.find { it.url == '" + DOOR + "' && it.disabledAt == null }?.id";
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
