package dev.afluente.sync.intake;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.CloudEvent;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** What other services set aside is the operators' to see, and is not lost with the topic's retention. */
@QuarkusTest
class DeadLetterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String EVENTS = "/api/banking/events";

    @Test
    void whatTheDoorSetAsideIsListedOnceWithItsReasonAndReplayedWhenItIsReadable() {
        String item = Sandbox.connect("user-ok-10", 2);
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        String readable = hash();
        String garbage = hash();
        String body = "{\"event\":\"item/updated\",\"itemId\":\"" + item + "\"} ,";
        fromTheDoor(readable, "trailing_content", body);
        fromTheDoor(garbage, "malformed_json", "{");
        fromTheDoor(garbage, "malformed_json", "{");

        String readableId = listed(readable, "trailing_content");
        String garbageId = listed(garbage, "malformed_json");

        assertThat(replay(readableId)).isEqualTo(200);
        person.awaitRuns(2);
        assertThat(replay(garbageId)).isEqualTo(409);
        assertThat(Sql.number("SELECT count(*) FROM inbox WHERE event_id LIKE '%' || $1", garbage))
                .isEqualTo(1);
        assertThat(Sql.run("SELECT data FROM inbox WHERE id = $1", UUID.fromString(readableId))
                        .iterator()
                        .next()
                        .getBuffer(0)
                        .getBytes())
                .isEqualTo(body.getBytes(UTF_8));
    }

    @Test
    void aReasonThatIsNoneAndALetterWithoutAKeyAreKeptAllTheSame() {
        String mark = "mark " + UUID.randomUUID();
        Stream.send(Topics.PLUGGY_WEBHOOKS_DEAD_LETTERS, null, List.of(), mark);
        String key = hash();
        fromTheDoor(key, "No reason; DROP TABLE inbox", mark);

        listed(key, "unknown_reason");
        await().atMost(PATIENCE)
                .until(() -> Sql.number(
                                "SELECT count(*) FROM inbox WHERE convert_from(data, 'UTF8') = $1 AND state = 'DEAD'"
                                        + " AND octet_length(data) < 100",
                                mark)
                        == 2);
    }

    @Test
    void whatConnectionServiceSetAsideIsListedUnderItsPlace() {
        String place = "banking.sync-results/0/" + System.nanoTime();
        CloudEvent attributes = new CloudEvent(
                UUID.randomUUID().toString(),
                "/afluente/connection-service",
                "dev.afluente.record.set-aside.v1",
                place,
                Instant.now(),
                TraceParent.fresh());
        Stream.send(
                Topics.CONNECTIONS_DEAD_LETTERS,
                place,
                attributes.headers(),
                "{\"topic\":\"banking.sync-results\",\"partition\":0,\"offset\":1,\"reason\":\"incomplete_data\"}");

        assertThat(replay(listed(place, "incomplete_data"))).isEqualTo(409);
    }

    private static String hash() {
        return "sha256:" + UUID.randomUUID();
    }

    /** As webhook-service writes it. */
    private static void fromTheDoor(String id, String reason, String body) {
        CloudEvent attributes = new CloudEvent(
                id,
                "/afluente/webhook-service",
                "dev.afluente.webhook.dead-letter.v1",
                null,
                Instant.now(),
                TraceParent.fresh());
        List<Header> headers = new ArrayList<>(attributes.headers());
        headers.add(new RecordHeader("dead_letter_reason", reason.getBytes(UTF_8)));
        Stream.send(Topics.PLUGGY_WEBHOOKS_DEAD_LETTERS, id, headers, body);
    }

    /** Waits until operators find it among the dead, and returns our id for it. */
    private static String listed(String key, String reason) {
        return await().atMost(PATIENCE).until(() -> find(key, reason), found -> found != null);
    }

    private static String find(String key, String reason) {
        return operator()
                .queryParam("state", "DEAD")
                .queryParam("from", Instant.now().minusSeconds(120).toString())
                .queryParam("limit", 500)
                .get(EVENTS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .param("key", key)
                .param("reason", reason)
                .getString("data.find { it.event_id.endsWith(key) && it.reason == reason }?.id");
    }

    private static int replay(String event) {
        return operator().post(EVENTS + "/" + event + "/replay").statusCode();
    }

    private static RequestSpecification operator() {
        TokenClaims claims = TokenClaims.of("olga").withTenant("default").withGroups(Set.of("operator"));
        return given().filter(Person.contract())
                .header("Authorization", "Bearer " + IdentityResource.tokens().sign(claims));
    }
}
