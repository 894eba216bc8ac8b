package dev.afluente.connections.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.afluente.connections.notification.Scene.Bank;
import dev.afluente.connections.notification.Scene.Permission;
import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.model.event.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class NotificationTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");
    private static final String PATH = "/api/banking/notifications";

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();

    @Test
    void isRaisedOnceByManyWhoSeeTheSameAndClearedWhenItIsOver() {
        String id = connect(Bank.WELL, Permission.ENDLESS);
        api.get(PATH).then().statusCode(200).body("data.size()", equalTo(0)).body("next_cursor", nullValue());
        new Scene(Bank.WRONG_PASSWORD, Permission.A_WEEK).play(item, user, THEN.plusSeconds(9));
        List<CompletableFuture<Integer>> seen = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> check(id).statusCode()))
                .limit(10)
                .toList();
        assertThat(seen.stream().map(CompletableFuture::join)).containsOnly(200);

        api.get(PATH)
                .then()
                .body("data.size()", equalTo(2))
                .body("data.connection_id", equalTo(List.of(id, id)))
                .body("data.find { it.kind == 'LOGIN_ERROR' }.reason", equalTo("INVALID_CREDENTIALS"))
                .body("data.find { it.kind == 'LOGIN_ERROR' }.message", containsString("dados de acesso"))
                .body("data.find { it.kind == 'CONSENT_EXPIRING' }.reason", equalTo("7_DAYS"))
                .body("data.find { it.kind == 'CONSENT_EXPIRING' }.due_at", notNullValue());
        new Scene(Bank.WELL, Permission.ENDLESS).play(item, user, THEN.plusSeconds(19));
        check(id);

        api.get(PATH).then().body("data.size()", equalTo(0));
        api.get(PATH + "?include_cleared=true")
                .then()
                .body("data.size()", equalTo(2))
                .body("data[0].cleared_at", notNullValue());
        assertThat(Topic.ofKey(Topics.NOTIFICATIONS, 4, id)).hasSize(4);
    }

    @Test
    void isReadOnceAndForAllByItsOwner() {
        connect(Bank.WRONG_PASSWORD, Permission.ENDLESS);
        String id = api.get(PATH + "?unread=true").path("data[0].id");
        String unknown = api.post(PATH + "/" + UUID.randomUUID() + "/read", "{}")
                .then()
                .statusCode(404)
                .body("code", equalTo("notification_not_found"))
                .extract()
                .asString();
        for (Api other : List.of(Api.of(Api.someone()), Api.of("acme", user))) {
            assertThat(other.request().post(PATH + "/" + id + "/read").asString())
                    .isEqualTo(unknown);
        }
        assertThat(api.request().post(PATH + "/nonsense/read").asString()).isEqualTo(unknown);

        String first = api.request()
                .post(PATH + "/" + id + "/read")
                .then()
                .statusCode(200)
                .extract()
                .path("read_at");

        assertThat(first).isNotNull();
        api.request().post(PATH + "/" + id + "/read/").then().statusCode(200).body("read_at", equalTo(first));
        api.get(PATH + "?unread=true").then().body("data.size()", equalTo(0));
        api.get(PATH).then().body("data.size()", equalTo(1)).body("data[0].read_at", equalTo(first));
    }

    @Test
    void comesInPagesNewestFirst() {
        String id = connect(Bank.WELL, Permission.ENDLESS);
        for (int i = 1; i <= 6; i++) {
            new Scene(i % 2 == 0 ? Bank.WRONG_PASSWORD : Bank.WRONG_TOKEN, Permission.ENDLESS)
                    .play(item, user, THEN.plusSeconds(i));
            check(id);
        }
        List<String> all = api.get(PATH + "?include_cleared=true").path("data.id");
        assertThat(all).hasSize(6);
        assertThat(all).isSortedAccordingTo((one, other) -> other.compareTo(one));

        List<String> paged = new ArrayList<>();
        String cursor = null;
        do {
            Response page =
                    api.get(PATH + "/?include_cleared=true&limit=4" + (cursor == null ? "" : "&cursor=" + cursor));
            paged.addAll(page.path("data.id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);

        assertThat(paged).isEqualTo(all);
        api.get(PATH).then().body("data.size()", equalTo(1));
        Api.of(Api.someone()).get(PATH + "?include_cleared=true").then().body("data.size()", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "unread=yes", "include_cleared=1", "cursor=nonsense"})
    void aParameterThatIsNotMeantToBeThereIsTold(String query) {
        api.get(PATH + "?" + query).then().statusCode(400);
    }

    /** Nothing but time passes: no notification of the provider, no request. */
    @Test
    void aConsentIsRemindedOfAtItsTimeAndToldWhenItEnds() {
        String id = connect(Bank.WELL, Permission.ENDLESS);
        Instant end = Instant.now().plus(Duration.ofDays(14)).plusSeconds(8);
        expiring(end);
        check(id);
        api.get(PATH).then().body("data[0].reason", equalTo("30_DAYS"));
        assertThat(Rows.count(
                        "SELECT count(*) FROM tasks WHERE connection_id = ? AND kind = 'REMIND'"
                                + " AND due_at BETWEEN now() AND now() + interval '8 seconds'",
                        UUID.fromString(id)))
                .isEqualTo(1);

        awaitOpen("14_DAYS");

        assertThat(Rows.count(
                        "SELECT count(*) FROM tasks WHERE connection_id = ? AND kind = 'REMIND'"
                                + " AND due_at BETWEEN now() + interval '6 days' AND now() + interval '7 days 10 seconds'",
                        UUID.fromString(id)))
                .isEqualTo(1);
        expiring(Instant.now().plusSeconds(3));
        check(id);
        api.get(PATH).then().body("data[0].reason", equalTo("1_DAY"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "CONSENT_EXPIRED".equals(api.get(PATH).path("data[0].kind")));
        api.get(PATH).then().body("data.size()", equalTo(1));
        api.get(Api.CONNECTIONS + "/" + id)
                .then()
                .body("status", equalTo("UPDATED"))
                .body("consent.valid_now", equalTo(false))
                .body("action_required.kind", equalTo("consent"))
                .body("action_required.reason", equalTo("CONSENT_EXPIRED"));
        assertThat(Rows.count(
                        "SELECT count(*) FROM tasks WHERE connection_id = ? AND kind = 'REMIND'", UUID.fromString(id)))
                .isZero();
    }

    private void expiring(Instant end) {
        new Scene(Bank.WELL, Permission.FAR).play(item, user, THEN);
        ScriptedPluggy.consents(new JsonArray()
                .add(new JsonObject()
                        .put("createdAt", "2026-01-05T13:00:10.000Z")
                        .put("expiresAt", end.toString())));
    }

    private void awaitOpen(String reason) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> List.of(reason).equals(api.get(PATH).path("data.reason")));
    }

    private String connect(Bank bank, Permission permission) {
        new Scene(bank, permission).play(item, user, THEN);
        String id = api.createFromItem(item).then().statusCode(201).extract().path("id");
        Connected.firstCheckIsOver(UUID.fromString(id));
        return id;
    }

    private Response check(String id) {
        return api.get(Api.CONNECTIONS + "/" + id + "/check_status");
    }
}
