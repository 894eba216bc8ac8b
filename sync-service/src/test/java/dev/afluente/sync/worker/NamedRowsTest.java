package dev.afluente.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The provider names corrected rows once. A run that could not read them must not be the end of it, in an account so large that
 * later runs read windows of it only: the crash proof found 33 rows that stayed as they had been.
 */
@QuarkusTest
class NamedRowsTest {
    private final Person person = Person.somebody();
    private String item;

    @BeforeEach
    void aLargeAccountIsRead() {
        item = Sandbox.connect("user-ok-5500");
        person.connects(item);
        assertThat(person.awaitRuns(1)).containsEntry("status", "SUCCEEDED");
        // As if it had been read for longer: what the provider took in within ten minutes of the last read is read
        // again.
        Sql.run(
                "UPDATE account SET watermark = watermark + interval '20 min' WHERE connection_id = $1",
                person.connection);
    }

    @AfterEach
    void heal() {
        Sandbox.healed();
    }

    @Test
    void whatAFailedRunWasToldIsReadByTheNext() {
        Sandbox.fault(Map.of("kind", "quota", "path", "/v2/transactions"));
        Sandbox.changeAndTell(item, Map.of("change", 40));
        assertThat(person.awaitRuns(2)).containsEntry("reason", "quota_used_up");
        Sandbox.healed();

        Stream.notified("item/updated", item);

        assertThat(person.awaitRuns(3)).containsEntry("status", "SUCCEEDED");
        person.seesExactly(Sandbox.ledger(item));
    }

    @Test
    void afterAReadRunNothingIsReadTwice() {
        Sandbox.changeAndTell(item, Map.of("change", 40));
        assertThat(person.awaitRuns(2)).containsEntry("status", "SUCCEEDED");

        person.seesExactly(Sandbox.ledger(item));
        assertThat(Sql.number(
                        "SELECT count(*) FROM account WHERE connection_id = $1 AND full_read_at IS NULL",
                        person.connection))
                .isZero();
    }
}
