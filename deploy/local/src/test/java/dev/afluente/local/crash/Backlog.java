package dev.afluente.local.crash;

import dev.afluente.local.Running;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What is still to be done, read from both databases and the provider's deliveries. */
record Backlog(long runs, long askedRuns, long inbox, long outboxes, long deliveries) {

    static Backlog of(Running running) throws SQLException {
        return new Backlog(
                count(running, "afluente_sync", "sync_run WHERE finished_at IS NULL"),
                count(running, "afluente_connections", "asked_runs WHERE ended_at IS NULL"),
                count(running, "afluente_sync", "inbox WHERE state = 'QUEUED'"),
                count(running, "afluente_sync", "outbox") + count(running, "afluente_connections", "outbox"),
                running.simulator()
                        .control()
                        .get("/sandbox/deliveries")
                        .path("pending_count")
                        .asLong());
    }

    private static long count(Running running, String database, String what) throws SQLException {
        try (Connection connection = running.stack().postgres().databases().connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SET afluente.tenant = '*'");
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + what)) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    boolean isEmpty() {
        return runs + askedRuns + inbox + outboxes + deliveries == 0;
    }
}
