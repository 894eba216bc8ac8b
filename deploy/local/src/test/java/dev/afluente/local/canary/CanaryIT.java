package dev.afluente.local.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.identity.Tokens;
import dev.afluente.local.Customer;
import dev.afluente.local.Running;
import dev.afluente.local.stack.PortPlan.Role;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person and an operator entrust to the services does not show up where it has no business: not in a log at
 * DEBUG, not in metrics, not on Kafka, not in a problem document, not in a plain dump of the databases. The ledger
 * itself is left out of the dump: its texts are what it is for.
 */
class CanaryIT {
    private static final String MFA_INSTRUCTIONS = "Enviado ao celular final 7788";

    @TempDir
    static Path directory;

    private static Running running;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> problems = new ArrayList<>();
    private final Canaries secrets = new Canaries();
    private final Canaries ledger = new Canaries();
    private String token;

    @BeforeAll
    static void start() {
        running = Running.in(directory.resolve("data"), Map.of("QUARKUS_LOG_LEVEL", "DEBUG"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void nothingEntrustedShowsUpElsewhere() throws Exception {
        String user = "canary.user@example.com.br";
        token = new Tokens(running.stack().keys()).sign(TokenClaims.of(user));
        secrets.plant("Pluggy's client secret", "sandbox-client-secret")
                .plant("the webhook secret", "sandbox-webhook-secret")
                .plant(
                        "the database's password",
                        running.stack().postgres().databases().password())
                .plant("an access token", token);
        livesThrough(new Customer(running, user));
        provokesProblems();

        List<String> found = new ArrayList<>();
        for (String program : List.of("connection-service", "sync-service", "webhook-service")) {
            byte[] log = Files.readAllBytes(running.data().log(program));
            assertThat(new String(log, StandardCharsets.UTF_8))
                    .as(program + " logs at DEBUG")
                    .contains(" DEBUG ");
            found.addAll(secrets.in("the log of " + program, log));
            found.addAll(ledger.in("the log of " + program, log));
        }
        for (Role role : List.of(Role.CONNECTION, Role.SYNC, Role.WEBHOOK)) {
            byte[] metrics = metrics(role);
            found.addAll(secrets.in("metrics of " + role, metrics));
            found.addAll(ledger.in("metrics of " + role, metrics));
        }
        byte[] records = Dump.of("127.0.0.1:" + running.stack().ports().of(Role.KAFKA));
        found.addAll(secrets.in("Kafka", records));
        found.addAll(ledger.in("Kafka", records));
        byte[] answers = String.join("\n", problems).getBytes(StandardCharsets.UTF_8);
        found.addAll(secrets.in("problem documents", answers));
        var databases = running.stack().postgres().databases();
        found.addAll(secrets.in("connection-service's database", Dump.of(databases, "afluente_connections")));
        found.addAll(secrets.in("sync-service's database", Dump.of(databases, "afluente_sync")));

        assertThat(records.length).isPositive();
        assertThat(found).isEmpty();
        System.out.printf(
                "canaries: %d planted, %d problem documents, %d bytes of Kafka, 0 found%n",
                secrets.planted() + ledger.planted(), problems.size(), records.length);
    }

    private void livesThrough(Customer ana) {
        ana.connects(4, Map.of("user", "user-ok", "password", "password-ok"));
        ana.awaitStatus("WAITING_USER_INPUT");
        secrets.plant("what the bank told the person", MFA_INSTRUCTIONS);
        JsonNode wrong =
                ana.does("update_mfa", Map.of("mfa_value", plant("an answer to a challenge", "8086-canary-mfa")));
        assertThat(wrong.path("run_id").isTextual()).isTrue();
        ana.awaitStatus("LOGIN_ERROR");
        JsonNode invited = ana.syncs();
        secrets.plant("a connect token", invited.path("connect_token").asText());
        ana.does(
                "update_credentials",
                Map.of(
                        "parameters",
                        Map.of(
                                "user",
                                plant("a bank login", "canary-bank-login"),
                                "password",
                                plant("a bank password", "canary-bank-password"))));
        ana.awaitStatus("LOGIN_ERROR");
        ana.does("update_credentials", Map.of("parameters", Map.of("user", "user-ok", "password", "password-ok")));
        ana.awaitStatus("WAITING_USER_INPUT");
        ana.does("update_mfa", Map.of("parameters", Map.of("token", "123456")));
        ana.awaitStatus("UPDATED");
        ana.awaitEqualLedger();
        for (JsonNode row : ana.transactions()) {
            if (row.path("counterparty").path("document").asText().length() >= 8) {
                ledger.plant(
                        "a counterparty's document",
                        row.path("counterparty").path("document").asText());
                ledger.plant(
                        "a counterparty's name",
                        row.path("counterparty").path("name").asText());
                break;
            }
        }
        ledger.plant(
                "a transaction's text",
                ana.transactions().get(0).path("description").asText());
    }

    /** Values in every place that a refusal might quote. */
    private void provokesProblems() throws IOException, InterruptedException {
        String forged = "eyJhbGciOiJSUzI1NiJ9." + plant("a forged token", "Y2FuYXJ5LWZvcmdlZA") + ".c2lnbmF0dXJl";
        call("GET", "/api/banking/accounts", forged, null);
        call("GET", "/api/banking/connections", forged, null);
        for (String path : List.of(
                "/api/banking/transactions?account_id=",
                "/api/banking/transactions?cursor=",
                "/api/banking/connections?cursor=",
                "/api/banking/connections/",
                "/api/banking/accounts/")) {
            call(
                    "GET",
                    path
                            + URLEncoder.encode(
                                    plant("a parameter of " + path, "canary-parameter-" + path.length()),
                                    StandardCharsets.UTF_8),
                    token,
                    null);
        }
        String body = plant("an unreadable body", "canary-unreadable-body");
        call("POST", "/api/banking/connections/create_from_item", token, "{\"item_id\": \"" + body + "\"}");
        call("POST", "/api/banking/connections/create_from_item", token, "{\"" + body + "\": 1}");
        call("POST", "/api/banking/connections/create_connect_token", token, "{\"item_id\": " + body);
        call(
                "POST",
                "/api/banking/webhooks/pluggy",
                plant("a wrong signature", "canary-wrong-signature"),
                "{\"event\": \"" + body + "\"}");
        assertThat(problems).hasSizeGreaterThanOrEqualTo(9);
    }

    private String plant(String what, String value) {
        secrets.plant(what, value);
        return value;
    }

    private void call(String method, String path, String bearer, String body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(running.gateway().url() + path))
                .header("Authorization", "Bearer " + bearer)
                .header("X-Pluggy-Signature", bearer)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(method + " " + path).isBetween(400, 499);
        problems.add(answer.headers().map() + answer.body());
    }

    private byte[] metrics(Role role) throws IOException, InterruptedException {
        URI address = URI.create(running.stack().ports().url(role) + "/q/metrics");
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }
}
