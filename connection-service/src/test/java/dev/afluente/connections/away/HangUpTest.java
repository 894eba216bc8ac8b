package dev.afluente.connections.away;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Connected;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.connections.support.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clients that leave in the middle: every write is whole or not at all, and nothing stays open behind them. */
@QuarkusTest
class HangUpTest extends ScriptedPluggyTest {
    private static final int TIMES = "full".equals(System.getProperty("proofs")) ? 2_000 : 200;
    private static final Duration LEFT = Duration.ofSeconds(20);

    private final String user = Api.someone();
    private final Api api = Api.of(user);

    @Test
    void leaveNoHalfWrites() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            String item = UUID.randomUUID().toString();
            items.add(item);
            ScriptedPluggy.item(item, user, "UPDATED", Instant.parse("2026-03-10T09:15:03Z"));
            postAndLeaveAfter(item, Duration.ofNanos(random.nextInt(30_000_000)));
        }

        String ours = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'connection-service' AND ";
        awaitQuiet(ours + "state <> 'idle'", seed);
        await().atMost(Duration.ofSeconds(30)).until(() -> Rows.count("SELECT count(*) FROM outbox") == 0);
        long stored = Rows.count("SELECT count(*) FROM connections WHERE user_id = ?", user);
        assertThat(Rows.count("SELECT count(*) FROM connections WHERE user_id = ? AND version <> 1", user))
                .as("seed %d", seed)
                .isZero();
        assertThat(Topic.await("banking.connections", (int) stored, record -> record.value()
                        .contains(user)))
                .as("seed %d: one event per connection", seed)
                .hasSize((int) stored);
        // The same items again: each answers, one connection each.
        items.forEach(item -> assertThat(api.createFromItem(item).statusCode()).isIn(200, 201));
        assertThat(Rows.count("SELECT count(*) FROM connections WHERE user_id = ?", user))
                .isEqualTo(TIMES);
    }

    @Test
    void leaveRunsWhole() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Connected> banks = Connected.several(20, "UPDATED");
        banks.forEach(bank -> bank.becomes("UPDATING", 10));
        String parameters = "{\"parameters\":{\"token\":\"123456\"}}";
        for (int i = 0; i < TIMES; i++) {
            Connected bank = banks.get(random.nextInt(banks.size()));
            String command = List.of("sync", "update_mfa", "update_credentials").get(random.nextInt(3));
            leaveAfter(
                    bank.api().token(),
                    bank.path() + "/" + command,
                    command.equals("sync") ? "" : parameters,
                    Duration.ofNanos(random.nextInt(30_000_000)));
        }

        String ours = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'connection-service' AND ";
        awaitQuiet(ours + "state <> 'idle'", seed);
        String withoutTask =
                "SELECT count(*) FROM asked_runs r WHERE connection_id = ? AND ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM tasks t"
                        + " WHERE t.connection_id = r.connection_id AND t.kind = 'REFRESH')";
        for (Connected bank : banks) {
            assertThat(Rows.count(withoutTask, bank.id()))
                    .as("seed %d: every run is looked after", seed)
                    .isZero();
            String run = bank.sync().then().statusCode(202).extract().path("run_id");
            assertThat(bank.requests(1))
                    .as("seed %d: the run is told, once", seed)
                    .filteredOn(event -> event.value().contains(run))
                    .hasSize(1);
        }
    }

    /** The proof's 5 s hold on a quiet machine; the figure is told, the limit allows for a busy one. */
    private static void awaitQuiet(String busy, long seed) {
        long left = System.nanoTime();
        await().pollInterval(Duration.ofMillis(50)).atMost(LEFT).until(() -> Rows.count(busy) == 0);
        System.out.printf(
                "abort storm: seed %d, %d clients left, pool quiet after %d ms%n",
                seed, TIMES, Duration.ofNanos(System.nanoTime() - left).toMillis());
    }

    private void postAndLeaveAfter(String item, Duration patience) throws IOException {
        leaveAfter(api.token(), Api.CONNECTIONS + "/create_from_item", "{\"item_id\":\"" + item + "\"}", patience);
    }

    private static void leaveAfter(String token, String path, String json, Duration patience) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length + "\r\n\r\n")
                            .getBytes(UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            LockSupport.parkNanos(patience.toNanos());
        }
    }
}
