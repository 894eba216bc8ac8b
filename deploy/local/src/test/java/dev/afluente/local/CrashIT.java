package dev.afluente.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.local.demo.Simulator;
import dev.afluente.local.http.HttpFailure;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.ledger.ApiLedger;
import dev.afluente.local.ledger.Findings;
import dev.afluente.local.ledger.LedgerComparison;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.local.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 of each service while a bank's first 20,000 transactions are on their way, then a plain start: the ledger is the bank's own, row by row,
 * with no further help. All processes are real.
 */
class CrashIT {
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    private static final int ROWS = 20_000;

    @TempDir
    static Path directory;

    private static Running running;
    private static Stack stack;
    private static Simulator simulator;

    @BeforeAll
    static void start() {
        running = Running.in(directory.resolve("data"));
        stack = running.stack();
        simulator = running.simulator();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void syncServiceDiesInTheMiddleOfTheFirstRead() {
        Person person = new Person("kill-sync").connects();
        person.awaitFirstRows();
        stack.service(Role.SYNC).kill();
        stack.restart(Role.SYNC);
        person.awaitEqualLedger();
    }

    @Test
    void connectionServiceDiesRightAfterItsAnswer() {
        Person person = new Person("kill-connection").connects();
        stack.service(Role.CONNECTION).kill();
        stack.restart(Role.CONNECTION);
        person.awaitEqualLedger();
    }

    @Test
    void webhookServiceIsAwayWhenTheBankNotifies() {
        Person person = new Person("kill-webhook");
        person.connects().awaitEqualLedger();
        stack.service(Role.WEBHOOK).kill();
        simulator.add(person.itemId, 5);
        stack.restart(Role.WEBHOOK);
        person.awaitEqualLedger();
    }

    @Test
    void postgresAndKafkaCrashInTheMiddleOfARead() {
        Person person = new Person("kill-stores").connects();
        person.awaitFirstRows();
        stack.postgres().crash();
        stack.kafka().kill();
        stack.postgres().start();
        stack.kafka().start();
        person.awaitEqualLedger();
    }

    @Test
    void theGatewaySaysWhichServiceIsAway() {
        stack.service(Role.WEBHOOK).stop();
        try {
            HttpFailure failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                    HttpFailure.class, () -> new JsonHttp(running.gateway().url(), Map.of()).get("/health"));
            assertThat(failure.status()).isEqualTo(503);
            assertThat(failure).hasMessageContaining("\"webhook-service\":\"DOWN\"");
        } finally {
            stack.restart(Role.WEBHOOK);
        }
    }

    /** A user of the product with a bank of their own. */
    private static final class Person {
        private final JsonHttp api;
        private String itemId;
        private String connectionId;

        Person(String name) {
            api = running.api(name);
        }

        Person connects() {
            String connectToken = api.post("/api/banking/connections/create_connect_token", Map.of())
                    .path("connect_token")
                    .asText();
            itemId = simulator.connect(connectToken, "user-ok-" + ROWS);
            connectionId = api.post("/api/banking/connections/create_from_item", Map.of("item_id", itemId))
                    .path("id")
                    .asText();
            return this;
        }

        void awaitFirstRows() {
            Awaitility.await()
                    .atMost(RECOVERY)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !api.get("/api/banking/transactions?limit=1")
                            .path("data")
                            .isEmpty());
        }

        void awaitEqualLedger() {
            Awaitility.await()
                    .atMost(RECOVERY)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptionsInstanceOf(HttpFailure.class)
                    .untilAsserted(() -> {
                        Findings findings =
                                LedgerComparison.of(new ApiLedger(api), simulator.control(), connectionId, itemId);
                        assertThat(findings.equal()).as(findings.toString()).isTrue();
                        assertThat(findings.rows()).isGreaterThanOrEqualTo(ROWS);
                    });
        }
    }
}
