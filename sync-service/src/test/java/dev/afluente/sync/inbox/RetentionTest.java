package dev.afluente.sync.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.embedded.testing.PostgresResource;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rows are made older behind the service's back. */
@QuarkusTest
class RetentionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Retention retention;

    private final String mark = "retention-" + UUID.randomUUID();

    @Test
    void everyStateIsKeptForItsTimeAndNotLonger() {
        row("done, young", "PROCESSED", 29);
        row("done, old", "PROCESSED", 31);
        row("ignored, old", "IGNORED", 31);
        row("done, old, replayed", "PROCESSED", 31);
        Sql.run(
                "UPDATE inbox SET replayed_at = now() - interval '1 day' WHERE event_id = $1",
                id("done, old, replayed"));
        row("dead, young", "DEAD", 89);
        row("dead, old", "DEAD", 91);
        row("queued, old", "QUEUED", 400);
        row("waiting, young", "WAITING", 6);
        row("waiting, old", "WAITING", 8);
        row("waiting, ours", "WAITING", 8);
        Sql.run("UPDATE inbox SET provider = 'afluente' WHERE event_id = $1", id("waiting, ours"));

        round();

        assertThat(state("done, young")).isEqualTo("PROCESSED");
        assertThat(state("done, old")).isNull();
        assertThat(state("ignored, old")).isNull();
        assertThat(state("done, old, replayed")).isEqualTo("PROCESSED");
        assertThat(state("dead, young")).isEqualTo("DEAD");
        assertThat(state("dead, old")).isNull();
        assertThat(state("queued, old")).isEqualTo("QUEUED");
        assertThat(state("waiting, young")).isEqualTo("WAITING");
        assertThat(state("waiting, old")).isEqualTo("IGNORED never_connected");
        assertThat(state("waiting, ours")).isEqualTo("IGNORED never_asked");
    }

    @Test
    void moreThanABatchIsDeletedInOneRoundAndNothingWhileAnotherInstanceIsAtIt() throws SQLException {
        Sql.run(
                "INSERT INTO inbox (event_id, provider, kind, data, state, traceparent, received_at)"
                        + " SELECT $1 || i, 'pluggy', 'item/updated', '', 'PROCESSED', '', now() - interval '40 days'"
                        + " FROM generate_series(1, $2::int) AS i",
                mark,
                2 * Retention.BATCH + 1);
        try (Connection other = PostgresResource.server().databases().connect("afluente_sync_test");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + Retention.ALONE + ")");
            round();
            assertThat(rows()).isEqualTo(2L * Retention.BATCH + 1);
            other.rollback();
        }
        round();
        assertThat(rows()).isZero();
    }

    @Test
    void anEventThatComesAgainBeforeItIsForgottenIsKnown() {
        String item = "item-" + UUID.randomUUID();
        Stream.notified(mark, "item/updated", item, "{}");
        await().atMost(PATIENCE).until(() -> rows() == 1);
        Sql.run("UPDATE inbox SET received_at = now() - interval '8 days' WHERE event_id = $1", mark);
        round();

        Stream.notified(mark, "item/updated", item, "{}");
        Stream.notified(mark + "behind", "item/deleted", item, "{}");
        await().atMost(PATIENCE).until(() -> rows() == 2);

        assertThat(state("")).isEqualTo("IGNORED never_connected");
    }

    private void round() {
        retention.round().await().atMost(PATIENCE);
    }

    private String id(String name) {
        return mark + name;
    }

    private void row(String name, String state, int days) {
        Sql.run(
                "INSERT INTO inbox (event_id, provider, link_id, kind, data, state, traceparent, received_at)"
                        + " VALUES ($1, 'pluggy', $1, 'item/updated', '', $2, '', now() - $3::int * interval '1 day')",
                id(name),
                state,
                days);
    }

    private String state(String name) {
        var rows = Sql.run("SELECT concat_ws(' ', state, reason) FROM inbox WHERE event_id = $1", id(name));
        return rows.size() == 0 ? null : rows.iterator().next().getString(0);
    }

    private long rows() {
        return Sql.number("SELECT count(*) FROM inbox WHERE event_id LIKE $1 || '%'", mark);
    }
}
