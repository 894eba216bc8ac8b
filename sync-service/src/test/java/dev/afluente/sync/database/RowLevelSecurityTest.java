package dev.afluente.sync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application's own login sees by direct SQL. */
@QuarkusTest
class RowLevelSecurityTest {
    private static final Set<String> ALWAYS_FILLED =
            Set.of("link", "inbox", "sync_run", "sync_run_account", "account", "transaction");

    /** What belongs to no tenant: the providers' trees, which all may read, and when they are read next. */
    private static final Set<String> NOBODYS = Set.of("provider_category", "category_round");

    private static boolean filled;

    @Inject
    Ledger ledger;

    @BeforeEach
    void twoTenantsHaveData() {
        if (!filled) {
            for (String tenant : List.of("acme", "globex")) {
                String item = Sandbox.connect("user-ok-20");
                Person person = Person.of(tenant, "ana").connects(item);
                person.awaitRuns(1);
                Stream.notified("item/updated", item);
                person.awaitRuns(2);
            }
            Stream.notified("item/updated", UUID.randomUUID().toString());
            filled = true;
        }
    }

    @Test
    void everyTableForcesAPolicyAndTheLoginCannotBypassIt() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(numbers(connection, """
                    SELECT count(*) FROM pg_class c WHERE c.oid = ANY(SELECT format('%I', t.tablename)::regclass::oid
                        FROM pg_tables t WHERE t.schemaname = 'public' AND t.tablename <> 'flyway_schema_history')
                    AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                             AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))""")).containsExactly(0L);
            assertThat(numbers(connection, """
                    SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)""")).containsExactly(0L);
        }
    }

    @Test
    void withoutATenantThereIsNotOneRow() throws SQLException {
        try (Connection connection = connect()) {
            List<String> tables = tables(connection);
            assertThat(tables).containsAll(ALWAYS_FILLED);
            for (String table : tables) {
                assertThat(numbers(connection, "SELECT count(*) FROM " + table))
                        .as(table)
                        .containsExactly(0L);
            }
            scope(connection, "*");
            for (String table : ALWAYS_FILLED) {
                assertThat(numbers(connection, "SELECT count(*) FROM " + table).get(0))
                        .as(table)
                        .isPositive();
            }
        }
    }

    @Test
    void aTenantSeesItsOwnRowsAndNoneOfAnothersOrOfNobodys() throws SQLException {
        try (Connection connection = connect()) {
            List<String> tables = tables(connection);
            assertThat(tables.removeAll(NOBODYS)).isTrue();
            scope(connection, "acme");
            for (String table : tables) {
                assertThat(numbers(
                                connection,
                                "SELECT count(*) FROM " + table + " WHERE tenant_id IS DISTINCT FROM 'acme'"))
                        .as(table)
                        .containsExactly(0L);
            }
            assertThat(numbers(connection, "SELECT count(*) FROM transaction").get(0))
                    .isPositive();
        }
    }

    @Test
    void aTenantWritesNothingOfAnothers() throws SQLException {
        try (Connection connection = connect()) {
            scope(connection, "acme");
            assertThat(numbers(
                            connection,
                            "WITH u AS (UPDATE account SET name = 'x' WHERE tenant_id = 'globex' RETURNING 1)"
                                    + " SELECT count(*) FROM u"))
                    .containsExactly(0L);
            assertThatThrownBy(() -> numbers(connection, """
                            INSERT INTO link (tenant_id, connection_id, user_id, provider, link_id, institution, version)
                            VALUES ('globex', gen_random_uuid(), 'ana', 'pluggy', 'x', '', 1) RETURNING 1"""))
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("42501"));
        }
    }

    @Test
    void aTenantReadsTheProvidersTreesAndWritesNoneOfThem() throws SQLException {
        try (Connection connection = connect()) {
            scope(connection, "acme");
            assertThat(numbers(connection, "SELECT count(*) FROM provider_category")
                            .get(0))
                    .isPositive();
            assertThat(numbers(connection, """
                    WITH u AS (UPDATE provider_category SET name_pt = 'x' RETURNING 1) SELECT count(*) FROM u""")).containsExactly(0L);
            assertThat(numbers(connection, "SELECT count(*) FROM category_round"))
                    .containsExactly(0L);
        }
    }

    @Test
    void nobodyIsNotATenant() {
        for (String name : List.of("", " ", "*")) {
            assertThatThrownBy(() -> ledger.ofTenant(
                                    name,
                                    connection -> connection.query("SELECT 1").execute())
                            .await()
                            .indefinitely())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void noClassButTheLedgerTouchesThePool() throws IOException {
        List<String> found = new ArrayList<>();
        try (var classes = Files.walk(Path.of("target/classes"))) {
            for (Path file :
                    classes.filter(path -> path.toString().endsWith(".class")).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains("sqlclient/Pool") || bytes.contains("javax/sql/") || bytes.contains("PgPool")) {
                    found.add(file.getFileName().toString());
                }
            }
        }
        assertThat(found).containsExactly("Ledger.class");
    }

    @Test
    void pagesOfAHundredThousandRowsStillFollowTheirIndexes() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            scope(connection, "acme");
            numbers(connection, """
                    WITH i AS (INSERT INTO transaction (tenant_id, id, user_id, connection_id, account_id, provider_id, date,
                        booking_day, amount, currency, provider_amount, description, search_text, type, status,
                        change_seq, first_seq, shown_seq)
                    SELECT 'acme', gen_random_uuid(), 'many-' || n % 10, gen_random_uuid(), '00000000-0000-7000-8000-00000000000a',
                        'p' || n, now() - n * interval '1 minute', current_date, n, 'BRL', n, 'x', 'x', 'DEBIT', 'POSTED',
                        n, n, n
                    FROM generate_series(1, 100000) n RETURNING 1) SELECT count(*) FROM i""");
            try (Statement statement = connection.createStatement()) {
                statement.execute("ANALYZE transaction");
            }
            for (String query : List.of(
                    "SELECT * FROM transaction WHERE tenant_id = 'acme' AND user_id = 'many-1' AND deleted_at IS NULL"
                            + " ORDER BY date DESC, id DESC LIMIT 51",
                    "SELECT * FROM transaction WHERE tenant_id = 'acme' AND user_id = 'many-1' AND id = '00000000-0000-7000-8000-00000000000b'",
                    "SELECT provider_id FROM transaction WHERE tenant_id = 'acme' AND provider_id > 'p5' AND deleted_at IS NULL"
                            + " AND account_id = '00000000-0000-7000-8000-00000000000a' ORDER BY provider_id LIMIT 500",
                    "UPDATE transaction SET deleted_at = now() WHERE tenant_id = 'acme' AND provider_id = ANY('{p1,p2}')"
                            + " AND account_id = '00000000-0000-7000-8000-00000000000a'")) {
                assertThat(plan(connection, query)).as(query).contains("Index").doesNotContain("Seq Scan");
            }
            connection.rollback();
        }
    }

    private static Connection connect() throws SQLException {
        return PostgresResource.server().databases().connect("afluente_sync_test");
    }

    private static List<String> tables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                        + " AND tablename <> 'flyway_schema_history'")) {
            List<String> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
            return tables;
        }
    }

    private static void scope(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("SELECT set_config('afluente.tenant', ?, false)")) {
            set.setString(1, tenant);
            set.executeQuery().close();
        }
    }

    private static List<Long> numbers(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Long> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }

    private static String plan(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN " + query)) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }
}
