package dev.afluente.sync.merge.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.link.Link;
import dev.afluente.sync.merge.model.Bank.Line;
import dev.afluente.sync.merge.model.Script.Trouble;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.worker.RunExecution;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The newer connection is removed and an older one, which has not been collected since, reads the account again; later it
 * is collected. No row is there twice, none is lost, and what the person said stays.
 */
@QuarkusTest
class TakeBackTest {
    @Inject
    ScriptedSource source;

    @Inject
    RunExecution execution;

    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private final String user = "back-" + UUID.randomUUID();
    private final Bank bank = new Bank();
    private final Map<Bank, UUID> connections = new HashMap<>();

    TakeBackTest() {
        for (int i = 1; i <= 8; i++) {
            bank.lines.add(row(i, 20 - i));
        }
        bank.lines.get(3).pending = true;
    }

    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "1, true", "1, false"})
    void anOlderLinkThatIsBehindChangesNothingUntilItHasCaughtUp(int before, boolean complete) {
        Bank older = oneThatFallsBehind(before);
        Map<UUID, String> ledger = ledger();

        collected(older, today.minus(3, ChronoUnit.DAYS), complete);
        assertThat(ledger()).as("while it is behind").isEqualTo(ledger);
        older.collects(bank);
        collected(older, Instant.now(), true);

        assertThat(ledger()).as("when it has caught up").isEqualTo(ledger);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "1, true", "1, false"})
    void whereTheProviderDoesNotSayNoRowIsLostAndInTheEndNoneIsThereTwice(int before, boolean complete) {
        Bank older = oneThatFallsBehind(before);
        Map<UUID, String> ledger = ledger();

        collected(older, null, complete);
        assertThat(texts()).as("what it cannot know yet").contains("COMPRA 9", "COMPRA 10", "COMPRA 11");
        older.collects(bank);
        collected(older, null, true);

        assertThat(texts())
                .containsExactlyInAnyOrderElementsOf(
                        bank.lines.stream().map(line -> line.text).toList());
        assertThat(ledger().entrySet())
                .as("ids and notes")
                .filteredOn(ledger.entrySet()::contains)
                .hasSize(9);
    }

    @Test
    void aNewLinkThatCouldNotCollectEverythingTakesNothingAway() {
        read(linked());
        say();
        Map<UUID, String> ledger = ledger();
        Bank newer = linked();
        newer.lines.removeIf(line -> line.key % 2 == 1);

        collected(newer, Instant.now(), false);
        assertThat(ledger()).isEqualTo(ledger);
        newer.collects(bank);
        collected(newer, Instant.now(), true);

        assertThat(ledger()).isEqualTo(ledger);
    }

    /** Returns a link that was there before the newest, which is removed now, and has not seen what that one has. */
    private Bank oneThatFallsBehind(int before) {
        for (int i = 0; i < before; i++) {
            read(linked());
        }
        Bank older = linked();
        collected(older, today.minus(3, ChronoUnit.DAYS), true);
        Bank newer = linked();
        read(newer);
        say();
        bank.lines.get(3).pending = false;
        bank.lines.get(3).text = "RESERVA, JA COMPRA";
        bank.lines.get(4).amount = new BigDecimal("-77.01");
        bank.lines.remove(6);
        for (int i = 9; i <= 11; i++) {
            bank.lines.add(row(i, 11 - i));
        }
        newer.collects(bank);
        read(newer);
        assertThat(texts())
                .containsExactlyInAnyOrderElementsOf(
                        bank.lines.stream().map(line -> line.text).toList());
        Sql.run("UPDATE link SET removed = true WHERE connection_id = $1", connections.get(newer));
        return older;
    }

    private Bank linked() {
        Bank link = bank.through();
        connections.put(link, UUID.randomUUID());
        Attempt.link(of(link));
        return link;
    }

    private Link of(Bank link) {
        return new Link(
                Attempt.TENANT, connections.get(link), user, ScriptedSource.PROVIDER, link.link, "Banco de Teste");
    }

    private void read(Bank link) {
        collected(link, Instant.now(), true);
    }

    private void collected(Bank link, Instant asOf, boolean complete) {
        link.ready = new Readiness.Ready(asOf, asOf, complete);
        Attempt attempt = new Attempt(of(link), "MANUAL");
        source.play(new Script(
                link, new Random(7), Trouble.NONE, () -> Uni.createFrom().voidItem()));
        assertThat(attempt.execute(execution)).isIn("SUCCEEDED", "PARTIAL");
    }

    private void say() {
        Sql.run("UPDATE transaction SET notes = 'note ' || id WHERE user_id = $1", user);
    }

    private List<String> texts() {
        return ledger().values().stream()
                .map(row -> row.substring(0, row.indexOf('|')))
                .toList();
    }

    /** What the person sees, by the ledger's ids. */
    private Map<UUID, String> ledger() {
        Map<UUID, String> rows = new TreeMap<>();
        for (Row row : Sql.run("SELECT * FROM transaction WHERE user_id = $1 AND deleted_at IS NULL", user)) {
            rows.put(
                    row.getUUID("id"),
                    String.join(
                            "|",
                            row.getString("description"),
                            row.getBigDecimal("amount").toPlainString(),
                            row.getString("status"),
                            row.getOffsetDateTime("date").toInstant().toString(),
                            String.valueOf(row.getString("notes"))));
        }
        return rows;
    }

    private Line row(int key, int daysAgo) {
        return new Line(
                key, false, today.minus(daysAgo, ChronoUnit.DAYS), new BigDecimal(-key), "COMPRA " + key, false);
    }
}
