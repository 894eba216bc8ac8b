package dev.afluente.sync.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Proof 10: while syncs of two connections, the person's own edits and transactions that commit late write the same
 * person's ledger, readers that follow the cursor end with exactly the ledger. Ten seconds; five minutes with {@code
 * -Dproofs=full}. The same writes in another order with {@code -Dproofs.seed}.
 */
@QuarkusTest
class FeedProofTest {
    private static final int ROWS = 300;
    private static final int FOLLOWERS = 3;
    private static final int LATE_WRITERS = 3;
    private static final Duration LENGTH =
            "full".equals(System.getProperty("proofs")) ? Duration.ofMinutes(5) : Duration.ofSeconds(10);

    private static final String SOME_ROW = """
            SELECT id FROM transaction WHERE user_id = $1 AND (deleted_at IS NULL) = $2 ORDER BY md5(id::text || $3)
            LIMIT 1""";

    @Inject
    Ledger ledger;

    @Inject
    FeedHead head;

    private final long seed = Long.getLong("proofs.seed", System.nanoTime());
    private final AtomicInteger edits = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger syncs = new AtomicInteger();
    private final Person person = Person.somebody();
    private Instant end;

    @Test
    void whoFollowsTheCursorEndsWithExactlyTheLedger() throws Exception {
        String first = Sandbox.connect("user-ok-" + ROWS);
        String second = Sandbox.connect("user-ok-" + ROWS);
        person.connects(first);
        Stream.linked(person.tenant, person.user, UUID.randomUUID(), second);
        person.awaitRuns(2);
        List<Follower> followers = new ArrayList<>();
        List<Job> jobs = new ArrayList<>();
        jobs.add(random -> bankChanges(first, random));
        jobs.add(random -> bankChanges(second, random));
        jobs.add(this::edit);
        for (int i = 0; i < LATE_WRITERS; i++) {
            jobs.add(this::writeLate);
        }
        for (int i = 0; i < FOLLOWERS; i++) {
            Follower follower = new Follower(person);
            followers.add(follower);
            if (i > 0) {
                // The first reads the whole while it changes, the others stand at the head.
                follower.catchesUp(500);
            }
            jobs.add(random -> follower.reads(1 + random.nextInt(60)));
        }
        end = Instant.now().plus(LENGTH);
        run(jobs);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> person.runs().stream().allMatch(run -> run.get("finished_at") != null));

        assertThatAllEndWithTheLedger(followers);
    }

    private void assertThatAllEndWithTheLedger(List<Follower> followers) {
        followers.forEach(follower -> follower.catchesUp(500));
        Map<Object, Map<String, Object>> truth = ChangesTest.ledger(person);
        long skipped = followers.stream()
                .mapToLong(follower -> truth.entrySet().stream()
                                .filter(row -> !row.getValue().equals(follower.copy.get(row.getKey())))
                                .count()
                        + follower.copy.keySet().stream()
                                .filter(id -> !truth.containsKey(id))
                                .count())
                .sum();
        int repeated =
                followers.stream().mapToInt(follower -> follower.repeated).sum();
        int mislabelled =
                followers.stream().mapToInt(follower -> follower.mislabelled).sum();
        System.out.printf(
                "change feed: seed %d, %d s, %d bank changes, %d edits, %d late commits, %d followers read %d rows in %d pages, ledger %d: "
                        + "skipped %d, repeated %d, mislabelled %d%n",
                seed,
                LENGTH.toSeconds(),
                syncs.get(),
                edits.get(),
                late.get(),
                followers.size(),
                followers.stream().mapToInt(follower -> follower.read).sum(),
                followers.stream().mapToInt(follower -> follower.pages).sum(),
                truth.size(),
                skipped,
                repeated,
                mislabelled);
        assertThat(List.of(skipped, (long) repeated, (long) mislabelled)).containsOnly(0L);
        assertThat(syncs.get() * edits.get() * late.get()).isPositive();
    }

    private void run(List<Job> jobs) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < jobs.size(); i++) {
                Job job = jobs.get(i);
                Random random = new Random(seed + i);
                running.add(threads.submit(() -> {
                    while (Instant.now().isBefore(end)) {
                        job.once(random);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void bankChanges(String item, Random random) {
        Sandbox.changeAndTell(
                item,
                Map.of("add", 1 + random.nextInt(8), "change", 1 + random.nextInt(8), "remove", random.nextInt(5)));
        syncs.incrementAndGet();
    }

    private void edit(Random random) {
        List<Object> ids =
                person.get(Person.TRANSACTIONS + "?limit=100").jsonPath().getList("data.id");
        for (int i = 0; i < 5; i++) {
            Object id = ids.get(random.nextInt(ids.size()));
            person.patch(Person.TRANSACTIONS + "/" + id, "{\"notes\":\"" + random.nextInt() + "\"}");
            edits.incrementAndGet();
        }
    }

    /** Changes, removes or brings back a row and keeps its transaction open for a while. */
    private void writeLate(Random random) {
        int kind = random.nextInt(3);
        String change = List.of(
                        "notes = $4", "deleted_at = now(), notes = $4", "deleted_at = NULL, shown_seq = $3, notes = $4")
                .get(kind);
        String words = Integer.toString(random.nextInt());
        int pause = random.nextInt(300);
        ledger.ofTenant(person.tenant, database -> head.next(database, person.tenant, person.user)
                        .chain(number -> database.preparedQuery(SOME_ROW)
                                .execute(Tuple.of(person.user, kind < 2, words))
                                .chain(rows -> rows.size() == 0
                                        ? Uni.createFrom().voidItem()
                                        : write(
                                                database,
                                                change,
                                                rows.iterator().next().getUUID(0),
                                                number,
                                                words)))
                        .chain(() -> database.query("SELECT pg_sleep(" + pause / 1000.0 + ")")
                                .execute()))
                .await()
                .atMost(Duration.ofSeconds(20));
        late.incrementAndGet();
    }

    private Uni<Void> write(SqlConnection database, String change, UUID id, long number, String words) {
        return database.preparedQuery("UPDATE transaction SET change_seq = $3, updated_at = clock_timestamp(), "
                        + change + " WHERE tenant_id = $1 AND id = $2")
                .execute(Tuple.of(person.tenant, id, number, words))
                .replaceWithVoid();
    }

    private interface Job {
        void once(Random random);
    }
}
