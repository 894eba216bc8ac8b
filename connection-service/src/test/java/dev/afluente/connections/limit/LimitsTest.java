package dev.afluente.connections.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.Rows;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.model.http.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LimitsTest extends ScriptedPluggyTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Inject
    Database database;

    @Inject
    LimitRows rows;

    @BeforeEach
    void theTablesAreThere() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> RestAssured.get("/q/health/ready").statusCode() == 200);
    }

    private final Caller ana = new Caller("default", Api.someone());

    /** Within a transaction the database's clock stands, so the boundary is exact. */
    @Test
    void theBurstPassesAndNotOneMoreAndARefillLaterExactlyOne() {
        List<Long> waits = inOneTransaction(
                () -> take(3, SECOND),
                () -> take(3, SECOND),
                () -> take(3, SECOND),
                () -> take(3, SECOND),
                () -> pass("999.999 milliseconds"),
                () -> take(3, SECOND),
                () -> pass("1 microsecond"),
                () -> take(3, SECOND),
                () -> take(3, SECOND),
                () -> pass("1 year"),
                () -> take(3, SECOND),
                () -> take(3, SECOND),
                () -> take(3, SECOND),
                () -> take(3, SECOND));

        assertThat(waits).containsExactly(0L, 0L, 0L, 1L, null, 1L, null, 0L, 1L, null, 0L, 0L, 0L, 1L);
    }

    @Test
    void theWaitIsInWholeSecondsAndLongEnough() {
        List<Long> waits = inOneTransaction(
                () -> take(1, Duration.ofMillis(90_001)),
                () -> take(1, Duration.ofMillis(90_001)),
                () -> pass("1 millisecond"),
                () -> take(1, Duration.ofMillis(90_001)),
                () -> pass("90 seconds"),
                () -> take(1, Duration.ofMillis(90_001)));

        assertThat(waits).containsExactly(0L, 91L, null, 90L, null, 0L);
    }

    /** The other instance is a crowd of connections of its own on the same database. */
    @Test
    void ofManyAtOnceOnTwoInstancesTheBurstPasses() {
        int burst = 25;
        ExecutorService crowd = Executors.newFixedThreadPool(10);
        try {
            List<CompletableFuture<Long>> calls = new ArrayList<>();
            IntStream.range(0, 60).forEach(i -> {
                calls.add(
                        database.ofTenant(ana.tenant(), () -> take(burst, LONG)).subscribeAsCompletionStage());
                calls.add(CompletableFuture.supplyAsync(() -> takeElsewhere(burst), crowd));
            });

            assertThat(calls.stream().map(CompletableFuture::join).filter(wait -> wait == 0))
                    .hasSize(burst);
        } finally {
            crowd.shutdownNow();
        }
    }

    @Test
    void isEachPersonsAndEachLimitsOwn() {
        assertThat(one(ana, Limit.MFA_ATTEMPT)).isZero();
        assertThat(one(ana, Limit.MFA_ATTEMPT)).isPositive();

        assertThat(one(ana, Limit.MANUAL_SYNC)).isZero();
        assertThat(one(new Caller("default", Api.someone()), Limit.MFA_ATTEMPT)).isZero();
        assertThat(one(new Caller("acme", ana.user()), Limit.MFA_ATTEMPT)).isZero();
    }

    @Test
    void connectTokensAreCountedAndTheAnswerSaysWhenToComeAgain() {
        Api api = Api.of(ana.user());
        long began = System.nanoTime();
        int passed = 0;
        Response refused = open(api);
        while (refused.statusCode() == 200 && passed < 500) {
            passed++;
            refused = open(api);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - began);

        assertThat(passed).isBetween(60, 61 + (int) (taken.toSeconds() / 10));
        refused.then().statusCode(429).body("code", equalTo("too_many_requests"));
        assertThat(Integer.parseInt(refused.getHeader("Retry-After"))).isBetween(1, 10);
        assertThat(open(Api.of(Api.someone())).statusCode()).isEqualTo(200);
    }

    private static Response open(Api api) {
        return api.post(Api.CONNECTIONS + "/create_connect_token", "{}");
    }

    private Uni<Long> take(int burst, Duration refill) {
        return rows.take(ana, Limit.MANUAL_SYNC, burst, refill);
    }

    private Long one(Caller caller, Limit limit) {
        return database.ofTenant(caller.tenant(), () -> rows.take(caller, limit, 1, LONG))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    /** Moving what is stored back is moving the clock on. */
    private Uni<Long> pass(String interval) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "UPDATE limits SET tat = tat - interval '" + interval + "' WHERE user_id = :user")
                        .setParameter("user", ana.user())
                        .executeUpdate())
                .map(done -> null);
    }

    @SafeVarargs
    private List<Long> inOneTransaction(Supplier<Uni<Long>>... steps) {
        return database.ofTenant(ana.tenant(), () -> {
                    List<Long> waits = new ArrayList<>();
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (var step : steps) {
                        all = all.chain(step::get).invoke(waits::add).replaceWithVoid();
                    }
                    return all.replaceWith(waits);
                })
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private long takeElsewhere(int burst) {
        Object[] values = {
            ana.tenant(),
            ana.user(),
            Limit.MANUAL_SYNC.name(),
            LONG.toMillis(),
            slack(burst),
            LONG.toMillis(),
            slack(burst),
            slack(burst)
        };
        try (Connection connection = Rows.connect();
                PreparedStatement statement = connection.prepareStatement(LimitRows.TAKE.replaceAll(":[a-z]+", "?"))) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long slack(int burst) {
        return LONG.multipliedBy(burst - 1L).toMillis();
    }
}
