package dev.afluente.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A person who connects the same bank again, and again, keeps one ledger: the same rows by id, with what the person said
 * of them, although item, accounts and transactions all have new ids each time.
 */
@QuarkusTest
class RelinkTest {
    private static final int TIMES = "full".equals(System.getProperty("proofs")) ? 100 : 5;

    /** Connectors of which everything is told, branch and number with the holder, and the number alone. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 0})
    void manyRelinksLeaveTheSameRowsAndWhatThePersonSaidOfThem(int connector) {
        String item = Sandbox.connect("user-ok-120", connector);
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        say(person);
        Map<UUID, String> before = said(person);
        UUID connection = person.connection;

        for (int i = 1; i <= TIMES; i++) {
            String old = item;
            item = Sandbox.relink(old);
            if (i % 2 == 0) {
                Sandbox.change(item, Map.of("reissue_ids", true));
            }
            if (i % 3 == 0) {
                Stream.removed(person.tenant, person.user, connection, old);
            }
            connection = person.connectsAgain(item);
            Map<String, Object> run = person.awaitRuns(i + 1);

            assertThat(run).as("re-link %d", i).containsEntry("status", "SUCCEEDED");
            assertThat(said(person)).as("re-link %d", i).isEqualTo(before);
        }

        person.seesExactly(Sandbox.ledger(item));
        assertThat(Sql.number("SELECT count(*) FROM transaction WHERE user_id = $1", person.user))
                .isEqualTo(before.size());
        System.out.printf("re-links: %d, connector %d, rows %d, lost 0, double 0%n", TIMES, connector, before.size());
    }

    @Test
    void anAccountIsTheSameHoweverMuchIsToldOfItEachTime() {
        String item = Sandbox.connect("user-ok-30");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        Map<UUID, String> before = said(person);

        int runs = 1;
        for (String telling : List.of("documented", "bare", "whole", "bare", "documented", "whole")) {
            item = Sandbox.relink(item, Map.of("telling", telling));
            person.connectsAgain(item);
            person.awaitRuns(++runs);

            assertThat(said(person)).as(telling).isEqualTo(before);
        }
    }

    /** As a ledger has it that was last read before its sources' marks were kept. */
    @Test
    void anAccountKnownByItsWholeHashAloneIsTheSame() {
        String item = Sandbox.connect("user-ok-30");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        Map<UUID, String> before = said(person);
        Sql.run(
                "UPDATE account_source SET printed = NULL, holder = NULL, bank_code = NULL WHERE connection_id = $1",
                person.connection);

        person.connectsAgain(Sandbox.relink(item));
        person.awaitRuns(2);

        assertThat(said(person)).isEqualTo(before);
    }

    @Test
    void anotherPersonWithTheSameAccountHasALedgerOfTheirOwn() {
        String item = Sandbox.connect("user-ok-30", 3);
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        String again = Sandbox.relink(item);
        Person other = Person.somebody().connects(again);
        other.awaitRuns(1);

        person.seesExactly(Sandbox.ledger(item));
        other.seesExactly(Sandbox.ledger(again));
    }

    @Test
    void theNewerConnectionReadsAndTheOlderLeavesTheAccountsAloneUntilItIsRemoved() {
        String first = Sandbox.connect("user-ok-40");
        Person person = Person.somebody().connects(first);
        person.awaitRuns(1);
        String second = Sandbox.relink(first);
        UUID newer = person.connectsAgain(second);
        person.awaitRuns(2);

        Stream.notified("transactions/created", first);
        Map<String, Object> run = person.awaitRuns(3);

        assertThat(run).containsEntry("status", "SUCCEEDED");
        assertThat(person.get("/api/banking/sync_runs/" + run.get("id"))
                        .jsonPath()
                        .getList("accounts.reason"))
                .isNotEmpty()
                .containsOnly("read_by_newer_connection");
        assertThat(person.accounts()).extracting("connection_id").containsOnly(newer.toString());

        Stream.removed(person.tenant, person.user, newer, second);
        Sandbox.change(first, Map.of("add", 3));
        Stream.notified("transactions/created", first);
        person.awaitRuns(4);

        person.comesToSee(first);
        assertThat(person.accounts()).extracting("connection_id").containsOnly(person.connection.toString());
    }

    @Test
    void whatIsOlderThanTheNewConnectionReachesStays() {
        String item = Sandbox.connect("user-ok-30");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        Object account = person.accounts().get(0).get("id");
        Sql.run(
                "UPDATE transaction SET date = date - interval '9 years', booking_day = booking_day - 3285 WHERE id = $1",
                UUID.fromString((String) person.transactions(account).get(5).get("id")));
        int rows = person.transactions(account).size();

        person.connectsAgain(Sandbox.relink(item));
        person.awaitRuns(2);

        // the row at its new date stays, and as the bank has it, it is another
        assertThat(person.transactions(account)).hasSize(rows + 1);
    }

    private static void say(Person person) {
        Sql.run(
                "UPDATE transaction SET notes = 'note ' || id, user_category_id = '05' WHERE user_id = $1 AND id::text < '8'"
                        + " AND provider_id > '3'",
                person.user);
    }

    private static Map<UUID, String> said(Person person) {
        Map<UUID, String> rows = new TreeMap<>();
        Sql.run(
                        "SELECT id, account_id, amount, date, description, notes, user_category_id, status"
                                + " FROM transaction WHERE user_id = $1 AND deleted_at IS NULL",
                        person.user)
                .forEach(
                        row -> rows.put(row.getUUID("id"), List.of(row.toJson()).toString()));
        return rows;
    }
}
