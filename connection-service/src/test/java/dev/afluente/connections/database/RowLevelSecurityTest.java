package dev.afluente.connections.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.embedded.testing.PostgresResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application's own login sees by direct SQL. */
@QuarkusTest
class RowLevelSecurityTest extends ScriptedPluggyTest {
    private static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");

    @Inject
    Database database;

    @BeforeEach
    void twoTenantsHaveData() {
        for (String tenant : List.of("acme", "globex")) {
            String item = UUID.randomUUID().toString();
            ScriptedPluggy.item(item, tenant + "/ana", "LOGIN_ERROR", THEN);
            Api.of(tenant, "ana").createFromItem(item).then().statusCode(201);
        }
    }

    @Test
    void everyTableForcesAPolicyAndTheLoginCannotBypassIt() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(texts(connection, """
                    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'flyway_schema_history'
                    AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                             AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))""")).isEmpty();
            assertThat(texts(
                            connection,
                            "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"))
                    .isEmpty();
        }
    }

    @Test
    void withoutATenantThereIsNotOneRow() throws SQLException {
        assertThat(Rows.count("SELECT count(*) FROM connections")).isPositive();
        try (Connection connection = connect()) {
            for (String table : tables(connection)) {
                assertThat(texts(connection, "SELECT count(*) FROM " + table))
                        .as(table)
                        .containsExactly("0");
            }
        }
    }

    @Test
    void aTenantSeesItsOwnRowsAndNoneOfAnothers() throws SQLException {
        try (Connection connection = connect()) {
            run(connection, "SET afluente.tenant = 'acme'");
            for (String table : tables(connection)) {
                assertThat(texts(connection, "SELECT count(*) FROM " + table + " WHERE tenant_id <> 'acme'"))
                        .as(table)
                        .containsExactly("0");
            }
            assertThat(texts(connection, "SELECT count(*) > 0 FROM connections"))
                    .containsExactly("t");
            assertThat(texts(connection, "SELECT count(*) > 0 FROM notifications"))
                    .containsExactly("t");
        }
    }

    @Test
    void aTenantWritesNothingOfAnothers() throws SQLException {
        try (Connection connection = connect()) {
            run(connection, "SET afluente.tenant = 'acme'");
            assertThat(texts(
                            connection,
                            "WITH u AS (UPDATE connections SET user_id = 'eve' WHERE tenant_id = 'globex' RETURNING 1)"
                                    + " SELECT count(*) FROM u"))
                    .containsExactly("0");
            assertThatThrownBy(() -> run(
                            connection,
                            "INSERT INTO tasks VALUES ('globex', gen_random_uuid(), now(), 0, 'trace', 'CHECK')"))
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("42501"));
        }
    }

    @Test
    void nobodyCanBeCalledEverybody() {
        assertThatThrownBy(() -> database.ofTenant("*", () -> null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Connection connect() throws SQLException {
        return PostgresResource.server().databases().connect(ScriptedPluggyTest.DATABASE);
    }

    private static List<String> tables(Connection connection) throws SQLException {
        return texts(
                connection,
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
                        + " AND tablename <> 'flyway_schema_history'");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
