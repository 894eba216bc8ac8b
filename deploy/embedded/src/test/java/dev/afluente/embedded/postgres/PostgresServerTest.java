package dev.afluente.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.embedded.process.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    // a space in the path: people keep their projects wherever they like
    @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ALWAYS)
    static Path directory;

    static PostgresServer server;

    @BeforeAll
    static void start() {
        server = new PostgresServer(directory.resolve("with a space"), 0).start();
        server.databases().ensure("ledger");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void acknowledgesOnlyWhatIsOnDisk() throws SQLException {
        assertThat(single("ledger", "show fsync")).isEqualTo("on");
        assertThat(single("ledger", "show synchronous_commit")).isEqualTo("on");
        assertThat(single("ledger", "show server_version")).startsWith("18.");
    }

    @Test
    void ordersAndFoldsPortugueseTheSameOnEveryMachine() throws SQLException {
        assertThat(single("ledger", "select lower('ÁGUA E CAFÉ')")).isEqualTo("água e café");
    }

    @Test
    void committedRowsSurviveCrashAndRestartOnTheSamePort() throws SQLException {
        int port = server.port();
        run("ledger", "create table kept (n int)");
        run("ledger", "insert into kept values (7)");
        server.crash();
        assertThat(server.alive()).isFalse();
        assertThat(Ports.isFree(port)).isTrue();
        server.start();
        assertThat(single("ledger", "select n from kept")).isEqualTo("7");
        server.stop();
        server.start();
        assertThat(server.port()).isEqualTo(port);
        assertThat(single("ledger", "select n from kept")).isEqualTo("7");
    }

    @Test
    void makesADatabaseOnceAndAnewOnRequest() throws SQLException {
        PostgresDatabases databases = server.databases().ensure("twice").ensure("twice");
        run("twice", "create table t (n int)");
        databases.recreate("twice");
        assertThat(single("twice", "select count(*) from information_schema.tables where table_schema = 'public'"))
                .isEqualTo("0");
    }

    @Test
    void refusesALoginWithoutThePassword() {
        String url = server.databases().jdbcUrl("ledger");
        assertThatThrownBy(() -> DriverManager.getConnection(url, "afluente", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void keepsThePasswordFromOtherUsers() throws Exception {
        Path password = directory.resolve("with a space").resolve("password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
    }

    @Test
    void stopsALeftoverOfTheSameDataDirectoryAndServesItself() throws SQLException {
        run("ledger", "create table if not exists leftover (n int)");
        long before = server.pid();
        // a second handle on the same directory is what the next run of a killed launcher has
        PostgresServer next = new PostgresServer(directory.resolve("with a space"), 0).start();
        assertThat(ProcessHandle.of(before).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(next.port()).isNotEqualTo(server.port());
        next.stop();
        server.start();
        assertThat(single("ledger", "select count(*) from leftover")).isEqualTo("0");
    }

    @Test
    void neverAdoptsWhateverListensOnItsPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PostgresServer second = new PostgresServer(directory.resolve("second"), other.getLocalPort());
            assertThatThrownBy(second::start).hasMessageContaining(Integer.toString(other.getLocalPort()));
            assertThat(second.alive()).isFalse();
        }
    }

    private static void run(String database, String sql) throws SQLException {
        try (Connection connection = server.databases().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String single(String database, String sql) throws SQLException {
        try (Connection connection = server.databases().connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
