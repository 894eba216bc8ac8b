package dev.afluente.local.crash;

import dev.afluente.local.demo.Simulator;
import dev.afluente.local.http.HttpFailure;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** One bank that a person has connected: the provider's item and our connection. */
record Link(String itemId, String connectionId, Login login) {
    static final String CONNECTIONS = "/api/banking/connections";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What is typed into the widget; Open Finance asks for the tax number and sends to the bank's own page. */
    record Login(int connector, Map<String, String> parameters) {
        static Login password(String bankUser) {
            return new Login(2, Map.of("user", bankUser, "password", "password-ok"));
        }

        static Login openFinance(String bankUser) {
            return new Login(600, Map.of("cpf", "761.092.776-73", "user", bankUser));
        }

        boolean isOpenFinance() {
            return connector == 600;
        }
    }

    /** Every step is repeated until it is answered. */
    static Link made(Caller caller, Simulator simulator, Login login) {
        String token = caller.insists("POST", CONNECTIONS + "/create_connect_token", Map.of())
                .path("connect_token")
                .asText();
        String itemId = simulator
                .widget(token)
                .post("/items", Map.of("connectorId", login.connector, "parameters", login.parameters))
                .path("id")
                .asText();
        String connectionId = caller.insists("POST", CONNECTIONS + "/create_from_item", Map.of("item_id", itemId))
                .path("id")
                .asText();
        Link link = new Link(itemId, connectionId, login);
        if (login.isOpenFinance()) {
            link.approvedAtTheBank(simulator);
        }
        return link;
    }

    String path() {
        return CONNECTIONS + "/" + connectionId;
    }

    /** The person at the bank's own page, as soon as the bank asks. */
    void approvedAtTheBank(Simulator simulator) {
        Awaitility.await("the bank's page")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(HttpFailure.class)
                .until(() -> simulator
                        .control()
                        .post("/sandbox/items/" + itemId + "/authorize", Map.of("approve", true))
                        .isObject());
    }
}
