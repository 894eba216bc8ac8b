package dev.afluente.connections.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.NotificationEvent;
import dev.afluente.model.event.Topics;
import dev.afluente.model.event.format.EventFormat;
import dev.afluente.model.event.format.MalformedEventException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.RepeatedTest;

/** Random states, some repeated, some late: what is open is what the present state calls for, and each was told once. */
@QuarkusTest
class NotificationModelTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");
    private static final int STEPS = 50;

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();

    @RepeatedTest(4)
    void whatIsOpenIsWhatNeedsThePerson() throws MalformedEventException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        new Scene(Scene.Bank.WELL, Scene.Permission.ENDLESS).play(item, user, THEN);
        String id = api.createFromItem(item).path("id");
        Connected.firstCheckIsOver(UUID.fromString(id));
        Map<String, String> expected = new TreeMap<>();
        int raised = 0;

        for (int step = 1; step <= STEPS; step++) {
            boolean late = random.nextInt(5) == 0;
            Scene scene = new Scene(pick(random, Scene.Bank.values()), pick(random, Scene.Permission.values()));
            scene.play(item, user, late ? THEN.minusSeconds(step) : THEN.plusSeconds(step));
            Map<String, String> after = late ? expected : scene.open(expected);
            raised += news(expected, after);
            expected = after;
            for (int times = random.nextInt(2); times >= 0; times--) {
                api.get(Api.CONNECTIONS + "/" + id + "/check_status").then().statusCode(200);
            }
            assertThat(open()).as("seed %d, step %d, %s", seed, step, scene).isEqualTo(expected);
        }
        api.request().delete(Api.CONNECTIONS + "/" + id).then().statusCode(204);

        assertThat(open()).isEmpty();
        assertThat(told(id, 2 * raised)).as("raised, seed %d", seed).isEqualTo(raised);
        System.out.printf("NotificationModelTest seed=%d steps=%d raised=%d%n", seed, STEPS, raised);
    }

    private static int news(Map<String, String> before, Map<String, String> after) {
        Map<String, String> news = new HashMap<>(after);
        before.forEach((kind, reason) -> news.remove(kind, reason));
        return news.size();
    }

    private Map<String, String> open() {
        Response list = api.get("/api/banking/notifications");
        List<Map<String, String>> rows = list.path("data");
        Map<String, String> open = new TreeMap<>();
        rows.forEach(row -> assertThat(open.put(row.get("kind"), row.get("reason")))
                .as("a second one of a kind")
                .isNull());
        assertThat(open).hasSameSizeAs(rows);
        return open;
    }

    /** Replays the events: of a kind one is open at a time, and each that was raised is cleared once. Returns how many. */
    private static int told(String connection, int events) throws MalformedEventException {
        Map<String, UUID> open = new HashMap<>();
        Set<UUID> raised = new HashSet<>();
        for (ConsumerRecord<String, String> record : Topic.ofKey(Topics.NOTIFICATIONS, events, connection)) {
            BankingEvent event = EventFormat.read(
                    Topic.header(record, "ce_type"), record.value().getBytes(StandardCharsets.UTF_8));
            if (event instanceof NotificationEvent.Raised news) {
                assertThat(raised.add(news.notificationId())).isTrue();
                assertThat(open.put(news.kind(), news.notificationId())).isNull();
            } else if (event instanceof NotificationEvent.Cleared gone) {
                assertThat(open.remove(gone.kind())).isEqualTo(gone.notificationId());
            }
        }
        assertThat(open).isEmpty();
        return raised.size();
    }

    private static <T> T pick(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }
}
