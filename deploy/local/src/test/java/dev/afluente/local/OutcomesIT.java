package dev.afluente.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every way in which a bank connection can stand, reached and left again by doing what the answer says, through the
 * public API only. All processes are real.
 */
class OutcomesIT {
    private static final int PASSWORD_BANK = 2;
    private static final int OPEN_FINANCE_BANK = 600;
    private static final String CPF = "761.092.776-73";

    @TempDir
    static Path directory;

    private static Running running;

    @BeforeAll
    static void start() {
        running = Running.in(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({"4, number", "5, text", "6, select", "7, image"})
    void aQuestionOfTheBankIsAnsweredAndTheSameRunGoesOn(int connector, String kind) {
        Customer ana = new Customer(running, "mfa-" + kind).connects(connector, login("user-ok"));
        JsonNode asked = ana.awaitStatus("WAITING_USER_INPUT").path("action_required");
        assertThat(asked.path("kind").asText()).isEqualTo("mfa");
        assertThat(asked.path("parameter").path("type").asText()).isEqualTo(kind);
        ana.awaitTold("MFA_REQUIRED");

        JsonNode sync = ana.syncs();
        assertThat(sync.path("status").asText()).isEqualTo("MFA_REQUIRED");
        JsonNode answered = ana.does("update_mfa", Map.of("mfa_value", "123456"));

        assertThat(answered.path("run_id").asText())
                .isEqualTo(sync.path("run_id").asText());
        JsonNode run = ana.awaitRun(answered.path("run_id").asText());
        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("SUCCEEDED");
        ana.awaitStatus("UPDATED");
        ana.awaitTold();
        ana.awaitEqualLedger();
    }

    @Test
    void aWrongAnswerIsToldAndTheNextTryMayBeRight() {
        Customer ana = new Customer(running, "mfa-wrong").connects(4, login("user-ok"));
        ana.awaitStatus("WAITING_USER_INPUT");
        ana.does("update_mfa", Map.of("mfa_value", "000000"));
        JsonNode refused = ana.awaitStatus("LOGIN_ERROR");
        assertThat(refused.path("status_reason").asText()).isEqualTo("INVALID_CREDENTIALS_MFA");
        ana.awaitTold("LOGIN_ERROR");

        JsonNode sync = ana.syncs();
        assertThat(sync.path("status").asText()).isEqualTo("CREDENTIALS_REQUIRED");
        ana.updatesInTheWidget(sync.path("connect_token").asText(), login("user-ok"));
        ana.awaitStatus("WAITING_USER_INPUT");
        ana.does("send_mfa", Map.of("mfa_value", "123456"));
        ana.awaitStatus("UPDATED");
        ana.awaitTold();
        ana.awaitEqualLedger();
    }

    @Test
    void aWrongPasswordIsPutRight() {
        Customer ana = new Customer(running, "wrong-password")
                .connects(PASSWORD_BANK, Map.of("user", "user-ok", "password", "password-wrong"));
        JsonNode refused = ana.awaitStatus("LOGIN_ERROR");
        assertThat(refused.path("action_required").path("kind").asText()).isEqualTo("login");
        ana.awaitTold("LOGIN_ERROR");
        assertThat(ana.syncs().path("status").asText()).isEqualTo("CREDENTIALS_REQUIRED");

        JsonNode updated = ana.does("update_credentials", Map.of("parameters", login("user-ok")));

        JsonNode run = ana.awaitRun(updated.path("run_id").asText());
        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("SUCCEEDED");
        ana.awaitTold();
        ana.awaitEqualLedger();
    }

    @Test
    void aLockedAccountIsToldAndWorksOnceTheBankHasUnlockedIt() {
        Customer ana = new Customer(running, "locked").connects(PASSWORD_BANK, login("user-locked"));
        JsonNode locked = ana.awaitStatus("LOGIN_ERROR");
        assertThat(locked.path("action_required").path("kind").asText()).isEqualTo("action");
        assertThat(locked.path("action_required").path("reason").asText()).isEqualTo("ACCOUNT_LOCKED");
        ana.awaitTold("ACTION_REQUIRED");

        ana.atTheBank("user", Map.of("user", "user-ok"));
        JsonNode sync = ana.syncs();
        assertThat(sync.path("status").asText()).isEqualTo("CREDENTIALS_REQUIRED");
        ana.updatesInTheWidget(sync.path("connect_token").asText(), login("user-ok"));
        ana.awaitStatus("UPDATED");
        ana.awaitTold();
        ana.awaitEqualLedger();
    }

    @ParameterizedTest
    @CsvSource({
        "user-unavailable, SITE_NOT_AVAILABLE, BANK_UNAVAILABLE",
        "user-connection-error, CONNECTION_ERROR, BANK_UNAVAILABLE",
        "user-logged, ALREADY_LOGGED_IN, ACTION_REQUIRED",
        "user-account-need-actions, ACCOUNT_NEEDS_ACTION, ACTION_REQUIRED",
    })
    void whatKeepsTheBankFromBeingReadIsToldAndPasses(String bankUser, String reason, String notification) {
        Customer ana = new Customer(running, bankUser).connects(PASSWORD_BANK, login(bankUser));
        JsonNode failed = ana.awaitStatus("OUTDATED");
        assertThat(failed.path("status_reason").asText()).isEqualTo(reason);
        ana.awaitTold(notification);

        ana.atTheBank("user", Map.of("user", "user-ok"));
        JsonNode sync = ana.syncs();

        assertThat(sync.path("status").asText()).isIn("SYNC_STARTED", "ALREADY_SYNCING");
        JsonNode run = ana.awaitRun(sync.path("run_id").asText());
        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("SUCCEEDED");
        ana.awaitStatus("UPDATED");
        ana.awaitTold();
        ana.awaitEqualLedger();
    }

    @Test
    void aPartialSuccessIsToldAsWhatItIs() {
        Customer ana = new Customer(running, "partial").connects(PASSWORD_BANK, login("user-ok-account-error"));
        JsonNode partial = ana.awaitStatus("UPDATED");
        assertThat(products(partial)).contains("ACCOUNTS true", "CREDIT_CARDS false");

        JsonNode run = ana.awaitRun(ana.syncs().path("run_id").asText());
        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("PARTIAL");

        ana.atTheBank("user", Map.of("user", "user-ok"));
        JsonNode healed = ana.awaitRun(ana.syncsAnAccount().path("run_id").asText());
        assertThat(healed.path("status").asText()).as(healed.toString()).isEqualTo("SUCCEEDED");
        ana.awaitEqualLedger();
    }

    @Test
    void aConsentTakenBackAtTheBankIsToldAsSuchAndGivenAnew() {
        Customer ana = new Customer(running, "revoked")
                .connects(OPEN_FINANCE_BANK, Map.of("cpf", CPF, "user", "user-ok-consent-revoked"));
        JsonNode waits = ana.awaitStatus("WAITING_USER_ACTION");
        assertThat(waits.path("action_required").path("url").asText()).startsWith("http");
        ana.awaitTold("ACTION_REQUIRED");
        ana.atTheBank("authorize", Map.of("approve", true));
        ana.awaitStatus("UPDATED");

        JsonNode sync = ana.syncs();
        assertThat(sync.path("status").asText()).as(sync.toString()).isEqualTo("CONSENT_REQUIRED");
        assertThat(ana.consent().path("valid_now").asBoolean()).isFalse();
        assertThat(ana.consent().path("revoked_at").isTextual()).isTrue();
        ana.awaitTold("CONSENT_REVOKED");

        ana.updatesInTheWidget(sync.path("connect_token").asText(), Map.of("user", "user-ok"));
        ana.awaitStatus("WAITING_USER_ACTION");
        ana.atTheBank("authorize", Map.of("approve", true));
        ana.awaitConnection(
                found -> found.path("status").asText().equals("UPDATED")
                        && found.path("consent").path("valid_now").asBoolean(),
                "a valid consent");
        ana.awaitTold();
        assertThat(ana.syncs().path("status").asText()).isIn("SYNC_STARTED", "ALREADY_SYNCING");
        ana.awaitEqualLedger();
    }

    @Test
    void whoLeavesWhileTheProviderIsAwayIsForgottenThereOnceItIsBack() {
        Customer ana = new Customer(running, "leaves").connects(PASSWORD_BANK, login("user-ok-50"));
        ana.awaitStatus("UPDATED");
        var control = running.simulator().control();
        control.post("/sandbox/faults", Map.of("kind", "status", "status", 503, "method", "DELETE", "path", "/items"));

        ana.leaves();
        ana.leaves();
        assertThat(ana.statusOfConnection()).isEqualTo(404);
        assertThat(ana.told()).isEmpty();

        control.send("DELETE", "/sandbox/faults", Map.of());
        ana.awaitForgottenAtTheProvider();
    }

    private static Map<String, String> login(String bankUser) {
        return Map.of("user", bankUser, "password", "password-ok");
    }

    private static List<String> products(JsonNode connection) {
        return connection.path("products").findParents("product").stream()
                .map(product -> product.path("product").asText() + " "
                        + product.path("is_updated").asText())
                .toList();
    }
}
