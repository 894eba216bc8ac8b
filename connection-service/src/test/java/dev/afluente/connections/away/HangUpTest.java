package dev.afluente.connections.away;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.connections.support.Api;
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
    private static final int TIMES = 200;

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
        await().atMost(Duration.ofSeconds(20)).until(() -> Rows.count(ours + "state <> 'idle'") == 0);
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

    private void postAndLeaveAfter(String item, Duration patience) throws IOException {
        byte[] body = ("{\"item_id\":\"" + item + "\"}").getBytes(UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("POST " + Api.CONNECTIONS + "/create_from_item HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Authorization: Bearer " + api.token() + "\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length + "\r\n\r\n")
                            .getBytes(UTF_8));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            LockSupport.parkNanos(patience.toNanos());
        }
    }
}
