package dev.afluente.bench.sync;

import dev.afluente.bench.report.Finding;
import dev.afluente.bench.report.Sample;
import dev.afluente.bench.world.World;
import dev.afluente.embedded.process.JvmProcess;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Ports;
import dev.afluente.embedded.process.Readiness;
import dev.afluente.local.stack.PortPlan.Role;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many connections due at once, one person with nine tenths of them and many with one each; with one instance of
 * sync-service and with two. Runs are queued in the database in one transaction, as if their time had come together.
 */
public final class ManyDue {
    private static final int LEAST_ROWS = 100;
    private static final int AT_A_TIME = 12;

    private static final String QUEUE = """
        INSERT INTO sync_run (tenant_id, id, connection_id, user_id, trigger, status, traceparent)
        SELECT tenant_id, gen_random_uuid(), connection_id, user_id, 'AUTOMATIC', 'QUEUED',
            '00-' || replace(gen_random_uuid()::text, '-', '') || '-0000000000000001-01'
        FROM link WHERE user_id LIKE ? AND NOT removed
        ON CONFLICT (tenant_id, connection_id) WHERE status = 'QUEUED' DO NOTHING\
        """;

    private static final String LEFT = """
        SELECT count(*) FROM sync_run WHERE trigger = 'AUTOMATIC' AND user_id LIKE ? AND finished_at IS NULL\
        """;

    private static final String FIGURES = """
        SELECT extract(epoch FROM max(finished_at) - min(queued_at)) AS total,
            percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - queued_at))
                FILTER (WHERE user_id LIKE ?) AS heavy,
            percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - queued_at))
                FILTER (WHERE user_id NOT LIKE ?) AS light,
            count(*) FILTER (WHERE status <> 'SUCCEEDED' AND reason IS DISTINCT FROM 'superseded') AS failed
        FROM sync_run WHERE trigger = 'AUTOMATIC' AND user_id LIKE ?\
        """;

    private static final String OVERLAPS = """
        SELECT count(*) FROM sync_run a JOIN sync_run b
            ON a.tenant_id = b.tenant_id AND a.connection_id = b.connection_id AND a.id < b.id
            AND a.started_at < b.finished_at AND b.started_at < a.finished_at
        WHERE a.user_id LIKE ? AND a.attempt = 1 AND b.attempt = 1\
        """;

    private final World world;

    /** Seconds from the common moment on: all, the median for the one with many and for those with one. */
    private record Figures(double total, double heavy, double light, long failed, long overlaps) {
        String told(String instances, int connections) {
            return String.format(
                    Locale.ROOT,
                    "%s: %,d connections in %s s; the median of the one with most %s s, of those with one %s s; "
                            + "not succeeded %d, synced twice at a time %d",
                    instances,
                    connections,
                    Sample.number(total),
                    Sample.number(heavy),
                    Sample.number(light),
                    failed,
                    overlaps);
        }
    }

    public ManyDue(World world) {
        this.world = world;
    }

    public Finding measure(int connections) throws SQLException {
        String group = "many-" + UUID.randomUUID();
        connect(group, connections);
        long begin = System.nanoTime();
        try (Connection database = world.database()) {
            world.await(
                    "the first syncs", () -> none("SELECT count(*) FROM sync_run WHERE finished_at IS NULL", database));
            double first = (System.nanoTime() - begin) / 1e9;
            world.say("All due at once, one instance");
            Figures one = due(group, database);
            JvmProcess second = second();
            try {
                world.say("All due at once, two instances");
                forget(group, database);
                Figures two = due(group, database);
                return new Finding(
                        "connections due at once, two instances against one",
                        Sample.number(two.total() / one.total()) + " × the time; those with one connection wait "
                                + Sample.number(one.light() / one.heavy()) + " × as long as the one with most",
                        "near 0.5 where cores allow; none synced twice at a time; fair",
                        List.of(
                                String.format(
                                        Locale.ROOT,
                                        "first syncs of %,d connections at once, %d to %d rows each: the last ends %.1f s "
                                                + "after the last was connected",
                                        connections,
                                        LEAST_ROWS,
                                        LEAST_ROWS + connections - 1,
                                        first),
                                one.told("one instance", connections),
                                two.told("two instances", connections)));
            } finally {
                second.stop();
            }
        }
    }

    /** A bank takes its time to be read, so several at a time. */
    private void connect(String group, int connections) {
        AtomicInteger made = new AtomicInteger();
        ExecutorService hands = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<CompletableFuture<Void>> all = IntStream.range(0, connections)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                String user = group + (i % 10 == 0 ? "-light-" + i : "-heavy");
                                // A bank's customer of its own each: one bank account connected twice would be one
                                // account.
                                world.connects(user, world.itemOf(user, "user-ok-" + (LEAST_ROWS + i)));
                                if (made.incrementAndGet() % 100 == 0) {
                                    world.say(String.format(
                                            Locale.ROOT, "Banks connected: %d of %d", made.get(), connections));
                                }
                            },
                            hands))
                    .toList();
            all.forEach(CompletableFuture::join);
        } finally {
            hands.shutdownNow();
        }
    }

    private Figures due(String group, Connection database) throws SQLException {
        try (var queue = database.prepareStatement(QUEUE)) {
            queue.setString(1, group + "%");
            queue.executeUpdate();
        }
        world.await("the runs that were due", () -> none(LEFT, database, group + "%"));
        try (var figures = database.prepareStatement(FIGURES);
                var overlaps = database.prepareStatement(OVERLAPS)) {
            figures.setString(1, group + "-heavy");
            figures.setString(2, group + "-heavy");
            figures.setString(3, group + "%");
            overlaps.setString(1, group + "%");
            try (ResultSet found = figures.executeQuery();
                    ResultSet twice = overlaps.executeQuery()) {
                found.next();
                twice.next();
                return new Figures(
                        found.getDouble("total"),
                        found.getDouble("heavy"),
                        found.getDouble("light"),
                        found.getLong("failed"),
                        twice.getLong(1));
            }
        }
    }

    private static void forget(String group, Connection database) throws SQLException {
        try (var forget = database.prepareStatement(
                "UPDATE sync_run SET trigger = 'EARLIER' WHERE trigger = 'AUTOMATIC' AND user_id LIKE ?")) {
            forget.setString(1, group + "%");
            forget.executeUpdate();
        }
    }

    private static Boolean none(String count, Connection database, String... values) {
        try (var statement = database.prepareStatement(count)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1) == 0 ? true : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private JvmProcess second() {
        JvmProgram first = world.stack().service(Role.SYNC).program();
        int port = Ports.free();
        JvmProgram another = new JvmProgram(
                        "sync-service-2",
                        first.java(),
                        first.options(),
                        first.target(),
                        first.environment(),
                        first.directory(),
                        first.log().resolveSibling("sync-service-2.log"))
                .withEnvironment(Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)));
        JvmProcess process = new JvmProcess(another).start();
        new Readiness()
                .await(process, URI.create("http://127.0.0.1:" + port + "/q/health/ready"), Duration.ofMinutes(2));
        return process;
    }
}
