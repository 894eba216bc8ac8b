package dev.afluente.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FirstSyncTest {
    @Test
    void aNewConnectionIsReadWholeAndShownExactlyAsTheBankHasIt() {
        String item = Sandbox.connect("user-ok");
        Person person = Person.somebody().connects(item);

        Map<String, Object> run = person.awaitRuns(1);

        assertThat(run).containsEntry("status", "SUCCEEDED").containsEntry("trigger", "CONNECTED");
        person.seesExactly(Sandbox.ledger(item));
    }

    @Test
    void manyPagesAreReadOnceEachAndASecondSyncWritesNothing() {
        String item = Sandbox.connect("user-ok-12345");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);
        person.seesExactly(Sandbox.ledger(item));
        List<Map<String, Object>> before =
                person.transactions(person.accounts().get(0).get("id"));

        Stream.notified("transactions/created", item);
        Map<String, Object> second = person.awaitRuns(2);

        assertThat(second).containsEntry("status", "SUCCEEDED");
        assertThat(counts(second))
                .containsEntry("imported", 0)
                .containsEntry("updated", 0)
                .containsEntry("removed", 0);
        assertThat(person.transactions(person.accounts().get(0).get("id"))).isEqualTo(before);
    }

    @Test
    void anEventThatComesBeforeItsConnectionIsKeptAndServed() {
        String item = Sandbox.connect("user-ok-600");
        Stream.notified("item/updated", item);
        Person person = Person.somebody().connects(item);

        person.awaitRuns(1);

        person.seesExactly(Sandbox.ledger(item));
        assertThat(person.runs()).hasSize(1);
    }

    @Test
    void changesAtTheBankArriveExactly() {
        String item = Sandbox.connect("user-ok-700");
        Person person = Person.somebody().connects(item);
        person.awaitRuns(1);

        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("add", 7), Map.of("change", 9), Map.of("remove", 11), Map.of("reissue_ids", true))) {
            Sandbox.changeAndTell(item, change);
            person.comesToSee(item);
        }
    }

    @SuppressWarnings("unchecked") // the shape of a run in the public API
    private static Map<String, Object> counts(Map<String, Object> run) {
        return (Map<String, Object>) run.get("counts");
    }
}
