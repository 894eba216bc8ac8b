package dev.afluente.connections.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** A task that an instance is at work on, and tells the database so every two and a half seconds. */
public final class KeptTask {
    private static final String ALIVE = "SELECT alive_until FROM tasks WHERE connection_id = ? AND kind = ?";

    private KeptTask() {}

    /**
     * Waits until the task is told of once more, while the work waits for the connection's row: the provider's time is
     * bounded by less than that takes.
     *
     * @param goOn lets the work reach the row
     */
    public static void awaitTold(UUID connection, String kind, Runnable goOn) throws SQLException {
        Held row = Held.by("SELECT 1 FROM connections WHERE id = ? FOR UPDATE", connection);
        try (row) {
            String first = Rows.text(ALIVE, connection, kind);
            assertThat(first).isNotNull();
            goOn.run();

            await().atMost(Duration.ofSeconds(4)).until(() -> !first.equals(Rows.text(ALIVE, connection, kind)));
            assertThat(Rows.text(ALIVE, connection, kind)).isNotNull();
        }
    }
}
