package dev.afluente.sandbox.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.pluggy.Client;
import dev.afluente.sandbox.webhook.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged simulator is killed and started again over the same directory. */
class RestartIT {

    private static final String STEP = "sandbox.items.step=40ms";
    private static final String SCALE = "sandbox.webhooks.retry-scale=0.0005";

    @TempDir
    Path directory;

    private static JsonNode ledger(Client pluggy, String item) {
        return pluggy.ok("/sandbox/ledger?item_id=" + item);
    }

    @Test
    void everythingIsThereAfterAKill() {
        String connected;
        String running;
        String waiting;
        JsonNode truth;
        JsonNode webhooks;
        try (Receiver receiver = new Receiver()) {
            try (Simulator simulator = Simulator.start(directory, STEP, SCALE)) {
                Client pluggy = Client.application(simulator.base());
                receiver.answer(one -> one.event().equals("item/updated") ? 500 : 202);
                ObjectNode webhook = Json.object().put("event", "all").put("url", receiver.url());
                webhook.putObject("headers").put("X-Secret", "kept");
                pluggy.ok("POST", "/webhooks", webhook);
                connected = pluggy.connected(2, "user-ok-3000").get("id").asText();
                change(
                        pluggy,
                        connected,
                        Json.object().put("add", 40).put("change", 30).put("remove", 20));
                change(pluggy, connected, Json.object().put("reissue_ids", true).put("notify", false));
                change(pluggy, connected, Json.object().put("add", 2).put("queue", true));
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> receiver.of("item/updated", connected).size() >= 3);
                truth = ledger(pluggy, connected);
                webhooks = pluggy.ok("/webhooks");
                waiting = pluggy.connected(4, "user-ok-30").get("id").asText();
                running = pluggy.create(2, "user-ok-30").get("id").asText();
                simulator.kill();
            }
            receiver.answer(one -> 202);
            int before = receiver.of("item/updated", connected).size();
            try (Simulator simulator = Simulator.start(directory, STEP, SCALE)) {
                Client pluggy = Client.application(simulator.base());
                JsonNode again = ledger(pluggy, connected);
                for (int i = 0; i < truth.get("accounts").size(); i++) {
                    assertThat(again.at("/accounts/" + i + "/transactions"))
                            .containsExactlyElementsOf(truth.at("/accounts/" + i + "/transactions"));
                }
                assertThat(again).isEqualTo(truth);
                assertThat(pluggy.ok("/webhooks")).isEqualTo(webhooks);
                assertThat(pluggy.settled(running).get("status").asText()).isEqualTo("UPDATED");
                pluggy.ok("POST", "/items/" + waiting + "/mfa", Json.object().put("token", "123456"));
                assertThat(pluggy.settled(waiting).get("status").asText()).isEqualTo("UPDATED");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> receiver.of("item/updated", connected).size() > before);
                assertThat(receiver.of("item/updated", connected).stream()
                                .map(one -> one.body() + one.secret())
                                .distinct())
                        .hasSize(1);
                pluggy.ok("PATCH", "/items/" + connected, Json.object());
                pluggy.settled(connected);
                assertThat(ledger(pluggy, connected).at("/accounts/0/transactions"))
                        .hasSize(truth.at("/accounts/0/transactions").size() + 2);
            }
        }
    }

    private static void change(Client pluggy, String item, ObjectNode ask) {
        pluggy.ok("POST", "/sandbox/items/" + item + "/transactions", ask);
    }
}
