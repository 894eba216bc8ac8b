package dev.afluente.model.outbox;

import dev.afluente.embedded.postgres.PostgresDatabases;
import dev.afluente.model.servers.Servers;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** An empty database with an outbox as a service lays it down, and ways to make PostgreSQL behave badly in it. */
final class OutboxDatabase {
    static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final PostgresDatabases databases = Servers.postgres().databases();
    private final String name;

    OutboxDatabase(String name) throws SQLException, IOException {
        this.name = name;
        databases.recreate(name);
        try (InputStream ddl = OutboxDatabase.class.getResourceAsStream("/outbox.sql")) {
            run(new String(ddl.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Sees every row, unlike the connections of {@link #pool}. */
    Connection connect() throws SQLException {
        Connection connection = databases.connect(name);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('afluente.tenant', '*', false)");
        }
        return connection;
    }

    Pool pool(Vertx vertx, int size) {
        PgConnectOptions options = PgConnectOptions.fromUri(databases.reactiveUrl(name))
                .setUser(databases.username())
                .setPassword(databases.password());
        return Pool.newInstance(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(size))
                .connectingTo(options)
                .using(vertx.getDelegate())
                .build());
    }

    void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Adds an entry in a transaction of the caller's. */
    static void write(Connection connection, String topic, String key, String payload) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO outbox (event_id, tenant_id, topic, key, type, payload, traceparent)"
                        + " VALUES (?, 'acme', ?, ?, 'test.v1', ?, ?)")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, topic);
            insert.setString(3, key);
            insert.setString(4, payload);
            insert.setString(5, TRACE);
            insert.executeUpdate();
        }
    }

    /** Adds {@code count} entries whose payloads are 1, 2, … for each of {@code keys} keys. */
    void writeMany(String topic, int keys, int count) throws SQLException {
        run("INSERT INTO outbox (event_id, tenant_id, topic, key, type, payload, traceparent)"
                + " SELECT gen_random_uuid(), 'acme', '" + topic + "', 'key-' || k, 'test.v1', n::text AS payload, '"
                + TRACE + "'"
                + " FROM generate_series(1, " + count + ") n, generate_series(1, " + keys + ") k ORDER BY n, k");
    }

    /**
     * Counts passes in the sequence {@code passes} and does what {@code plpgsql} says instead of releasing the advisory
     * lock.
     */
    void meddleWithTheLock(String plpgsql) throws SQLException {
        run("CREATE SCHEMA IF NOT EXISTS meddling; CREATE SEQUENCE IF NOT EXISTS public.passes MINVALUE 0;"
                + " CREATE OR REPLACE FUNCTION meddling.pg_try_advisory_lock(bigint) RETURNS boolean LANGUAGE plpgsql AS"
                + " $$BEGIN PERFORM nextval('public.passes'); RETURN pg_catalog.pg_try_advisory_lock($1); END$$;"
                + " CREATE OR REPLACE FUNCTION meddling.pg_advisory_unlock(bigint) RETURNS boolean LANGUAGE plpgsql AS"
                + " $$BEGIN " + plpgsql + " END$$;"
                + " ALTER DATABASE " + name + " SET search_path = meddling, pg_catalog, public");
    }

    long passes() throws SQLException {
        return number("SELECT CASE WHEN is_called THEN last_value + 1 ELSE 0 END FROM public.passes");
    }

    /** How many sessions hold the relay's lock. */
    long holders() throws SQLException {
        return number("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                + " WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()");
    }

    /** Ends the session that holds the relay's lock, if there is one. */
    long killHolder() throws SQLException {
        return number(
                "SELECT count(pg_terminate_backend(l.pid)) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                        + " WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()");
    }
}
