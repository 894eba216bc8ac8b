package dev.afluente.sync.replay;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReplayTest {
    private static final String EVENTS = "/api/banking/events";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AfterEach
    void heal() {
        Sandbox.healed();
    }

    @Test
    void aReplayQueuesOneRunHoweverOftenItIsAskedForAtOnce() {
        String item = Sandbox.connect("user-ok-50");
        Person person = Person.of("initech", "user-" + UUID.randomUUID()).connects(item);
        person.awaitRuns(1);
        Stream.notified("item/updated", item);
        person.awaitRuns(2);
        String event = events("initech", item).getString("data[0].id");
        assertThat(one("initech", event).getString("state")).isEqualTo("PROCESSED");

        Sandbox.fault(Map.of("kind", "delay", "path", "/items", "delay_ms", 3_000));
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<CompletableFuture<Integer>> asked = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> replay("initech", event), threads))
                .toList();
        List<Integer> answers =
                asked.stream().map(CompletableFuture::join).sorted().toList();
        threads.shutdown();
        Sandbox.healed();

        assertThat(answers).startsWith(200, 409).endsWith(409).hasSize(10);
        person.awaitRuns(3);
        JsonPath after = one("initech", event);
        assertThat(after.getString("state")).isEqualTo("PROCESSED");
        assertThat(after.getInt("replays")).isEqualTo(1);
        assertThat(after.getString("replayed_by")).isEqualTo("olga");
        assertThat(Instant.parse(after.getString("replayed_at")))
                .isBefore(Instant.now().plusSeconds(5));
        assertThat(person.runs()).hasSize(3);
    }

    @Test
    void whatWaitsForItsConnectionIsShownToTheDeploymentsOperatorsAndNotReplayable() {
        String item = "item-" + UUID.randomUUID();
        Stream.notified("item/updated", item);
        await().atMost(PATIENCE)
                .until(() -> !events("default", item).getList("data").isEmpty());
        JsonPath waiting = events("default", item);

        assertThat(waiting.getString("data[0].state")).isEqualTo("WAITING");
        assertThat(events("initech", item).getList("data")).isEmpty();
        assertThat(replay("default", waiting.getString("data[0].id"))).isEqualTo(409);
        assertThat(replay("initech", waiting.getString("data[0].id"))).isEqualTo(404);
    }

    @Test
    void whatWasSetAsideIsShownWithItsReasonAndReplayedWhenItsBodyTellsEnough() {
        String item = Sandbox.connect("user-ok-50");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        String body = "{\"event\":\"item/updated\",\"itemId\":\"" + item + "\"}";
        CloudEvent unusable = new CloudEvent(
                "bad\0" + UUID.randomUUID(),
                "/test",
                "ai.pluggy.item/updated",
                item,
                Instant.now(),
                TraceParent.fresh());
        Stream.send(Topics.PLUGGY_WEBHOOKS, item, unusable.headers(), body);
        await().atMost(PATIENCE).until(() -> dead(body.length()) != null);
        Map<String, Object> dead = dead(body.length());

        assertThat(dead).containsEntry("reason", "unusable_attribute");
        assertThat(replay("default", dead.get("id").toString())).isEqualTo(200);
        person.awaitRuns(2);
        assertThat(events("default", item).getList("data.id")).containsExactly(dead.get("id"));
    }

    @Test
    void manyAreReplayedByIdOrByFilterAndWhatIsOnItsWayIsLeftAlone() {
        String item = Sandbox.connect("user-ok-50");
        Person person = Person.of("umbrella", "user-" + UUID.randomUUID()).connects(item);
        person.awaitRuns(1);
        Stream.notified("item/updated", item);
        Stream.notified("transactions/updated", item);
        Stream.notified("item/deleted", item);
        await().atMost(PATIENCE)
                .until(() -> events("umbrella", item).getList("data.state").equals(List.of("PROCESSED", "PROCESSED")));
        int before = person.runs().size();

        JsonPath report = replayMany("{\"filter\":{\"state\":\"processed\",\"link_id\":\"" + item + "\"}}", 200);

        assertThat(report.getInt("replayed")).isEqualTo(2);
        assertThat(report.getString("next_cursor")).isNull();
        person.awaitRuns(before + 1);
        String ids = "{\"ids\":[\"" + events("umbrella", item).getString("data[0].id") + "\",\"" + UUID.randomUUID()
                + "\"]}";
        JsonPath second = replayMany(ids, 200);
        assertThat(second.getInt("replayed")).isEqualTo(1);
        assertThat(second.getInt("left_alone")).isEqualTo(1);
        person.awaitRuns(before + 2);

        for (String wrong : List.of(
                "{}",
                "{\"filter\":{}}",
                "{\"filter\":{\"state\":\"DEAD\"},\"link\":\"x\"}",
                "{\"filter\":{\"state\":\"DEAD\",\"link\":\"x\"}}",
                "{\"filter\":{\"state\":\"ALL\"}}",
                "{\"ids\":[],\"filter\":{\"state\":\"DEAD\"}}")) {
            assertThat(replayMany(wrong, 400).getString("code")).as(wrong).isEqualTo("invalid_body");
        }
    }

    @Test
    void theInboxIsReadPageByPageAndCountedInTheMetrics() {
        String item = "item-" + UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            Stream.notified("item/updated", item);
        }
        await().atMost(PATIENCE)
                .until(() -> events("default", item).getList("data").size() == 5);

        Set<Object> seen = new HashSet<>();
        String cursor = null;
        do {
            RequestSpecification page =
                    operator("default").queryParam("link_id", item).queryParam("limit", 2);
            JsonPath answer = (cursor == null ? page : page.queryParam("cursor", cursor))
                    .get(EVENTS)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(answer.getList("data.id"));
            cursor = answer.getString("next_cursor");
        } while (cursor != null);

        assertThat(seen).hasSize(5);
        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("afluente_inbox_received_total", "afluente_inbox_oldest_waiting_seconds");
    }

    private static Map<String, Object> dead(int bytes) {
        List<Map<String, Object>> dead = operator("default")
                .queryParam("state", "dead")
                .queryParam("from", Instant.now().minusSeconds(60).toString())
                .get(EVENTS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data");
        return dead.stream()
                .filter(each -> each.get("bytes").equals(bytes) && "pluggy".equals(each.get("provider")))
                .findFirst()
                .orElse(null);
    }

    private static JsonPath events(String tenant, String item) {
        return operator(tenant)
                .queryParam("link_id", item)
                .get(EVENTS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath one(String tenant, String event) {
        return operator(tenant).get(EVENTS + "/" + event).jsonPath();
    }

    private static int replay(String tenant, String event) {
        return operator(tenant).post(EVENTS + "/" + event + "/replay").statusCode();
    }

    private static JsonPath replayMany(String body, int status) {
        return operator("umbrella")
                .contentType("application/json")
                .body(body)
                .post(EVENTS + "/replay")
                .then()
                .statusCode(status)
                .extract()
                .jsonPath();
    }

    private static RequestSpecification operator(String tenant) {
        TokenClaims claims = TokenClaims.of("olga").withTenant(tenant).withGroups(Set.of("operator"));
        return given().filter(Person.contract())
                .header("Authorization", "Bearer " + IdentityResource.tokens().sign(claims));
    }
}
