package dev.afluente.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Books;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What follows from the rows takes too long, as PostgreSQL says it: statement_timeout is query_canceled, 57014. */
@QuarkusTest
class StepFaultsTest {
    private static final List<String> WRITTEN_BY_STEPS = List.of("transfer_scan", "balance_point", "bill");

    private final Person person = Person.somebody();

    @Inject
    AgroalDataSource database;

    @AfterEach
    void heal() throws SQLException {
        for (String table : WRITTEN_BY_STEPS) {
            ddl("DROP TRIGGER IF EXISTS too_slow ON " + table);
        }
        ddl("DROP FUNCTION IF EXISTS too_slow");
    }

    /** A card's bills fail too, which are a product of their own and not a step. */
    @Test
    void stepsThatFailCostNeitherTheWatermarkNorTheNextAccountAndCatchUp() throws SQLException {
        Books books = new Books(person);
        LocalDate day = LocalDate.of(2026, 3, 10);
        UUID out = books.row(books.account("BANK", "0"), day, "-4711.00");
        UUID in = books.row(books.account("BANK", "0"), day, "4711.00");
        failingSteps();
        String item = Sandbox.connect("user-ok-30");

        Map<String, Object> run = person.connects(item).awaitRuns(1);

        assertThat(run)
                .containsEntry("status", "PARTIAL")
                .containsEntry("reason", "internal_error")
                .containsEntry("attempt", 1);
        List<Map<String, Object>> results = person.get("/api/banking/sync_runs/" + run.get("id"))
                .jsonPath()
                .getList("accounts.findAll { it.product == 'TRANSACTIONS' }");
        assertThat(results).hasSizeGreaterThan(1).allSatisfy(result -> assertThat(result)
                .containsEntry("status", "SUCCEEDED")
                .containsEntry("reason", "conclusions_delayed"));
        assertThat(results)
                .allSatisfy(result -> assertThat(result.get("meaning")).isNotNull());
        assertThat(read("watermark IS NOT NULL AND full_read_at IS NOT NULL")).isEqualTo(results.size());
        assertThat(pairs(out, in)).isZero();

        heal();
        Stream.notified("item/updated", item);
        assertThat(person.awaitRuns(2)).containsEntry("status", "SUCCEEDED");
        assertThat(pairs(out, in)).isOne();
        Sql.run("UPDATE account SET watermark = NULL WHERE user_id = $1", person.user);
        Stream.notified("item/updated", item);
        person.awaitRuns(3);
        assertThat(read("balance IS NOT NULL AND EXISTS (SELECT FROM balance_point p WHERE p.account_id = account.id)"))
                .isEqualTo(results.size());
    }

    private long read(String condition) {
        return Sql.number("SELECT count(*) FROM account WHERE connection_id = $1 AND " + condition, person.connection);
    }

    private static long pairs(UUID out, UUID in) {
        return Sql.number("SELECT count(*) FROM transfer WHERE out_id = $1 AND in_id = $2", out, in);
    }

    private void failingSteps() throws SQLException {
        ddl("""
                CREATE FUNCTION too_slow() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'too slow' USING ERRCODE = '57014'; END $$""");
        for (String table : WRITTEN_BY_STEPS) {
            ddl("CREATE TRIGGER too_slow BEFORE INSERT ON " + table + " FOR EACH ROW EXECUTE FUNCTION too_slow()");
        }
    }

    private void ddl(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
