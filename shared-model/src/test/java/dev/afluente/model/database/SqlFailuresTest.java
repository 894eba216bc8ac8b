package dev.afluente.model.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "53100", "53300", "57P01", "57P03", "57014", "55P03", "25006", "58000", "58030", "58P01",
                "XX000"
            })
    void theDatabaseIsAway(String state) {
        assertThat(SqlFailures.isAway(answer(state))).isTrue();
        assertThat(SqlFailures.isAway(new IllegalStateException(answer(state)))).isTrue();
        assertThat(SqlFailures.isAway(new SQLException("no", state))).isTrue();
        assertThat(SqlFailures.isConflict(answer(state))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22P02", "25P02", "42501", "42P01", "XX001", "XX002", "40001", "40P01"})
    void waitingWouldNotMendIt(String state) {
        assertThat(SqlFailures.isAway(answer(state))).isFalse();
    }

    private static PgException answer(String state) {
        return new PgException("told", "ERROR", state, "detail");
    }
}
