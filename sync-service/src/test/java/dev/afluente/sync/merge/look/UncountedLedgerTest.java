package dev.afluente.sync.merge.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Plan;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Before PostgreSQL has counted a table's rows, as within the first minute of a new ledger or after an upgrade of the server,
 * it guesses: a guess must not make it read an account once for each row of a page.
 */
@QuarkusTest
class UncountedLedgerTest {
    private static final int PAGE = 500;

    /** Nobody counts a temporary table; it is found before the one it is named like, and has the same indexes. */
    private static final String UNCOUNTED =
            "CREATE TEMP TABLE transaction ON COMMIT DROP AS SELECT * FROM public.transaction WHERE account_id = '%s'";

    private static final String INDEXES =
            "SELECT replace(indexdef, ' ON public.', ' ON pg_temp.') FROM pg_indexes WHERE schemaname = 'public'"
                    + " AND tablename = 'transaction'";

    @Inject
    Ledger ledger;

    @Test
    void aSightOfAPageTakesEachRowInHandOnce() {
        Person person = Person.somebody();
        person.connects(Sandbox.connect("user-ok-600"));
        person.awaitRuns(1);
        Row largest = Sql.run(
                        "SELECT account_id, array_agg(provider_id) FROM transaction WHERE user_id = $1"
                                + " GROUP BY account_id ORDER BY count(*) DESC LIMIT 1",
                        person.user)
                .iterator()
                .next();
        UUID account = largest.getUUID(0);
        List<String> ids = List.of(largest.getArrayOfStrings(1));
        assertThat(ids).hasSizeGreaterThan(PAGE);
        Tuple values = Tuple.of(person.tenant, account, 1)
                .addValue(ids.subList(0, PAGE).toArray(String[]::new))
                .addValue(new Long[PAGE])
                .addBoolean(true);

        long rows = ledger.ofTenant(person.tenant, connection -> uncounted(connection, account)
                        .chain(() -> Plan.rows(connection, Sights.SIGHT, values)))
                .await()
                .atMost(Duration.ofSeconds(60));

        System.out.println("uncounted ledger: a page of " + PAGE + " in an account of " + ids.size()
                + ", rows taken in hand " + rows);
        // A few steps, each of which takes all of the page in hand.
        assertThat(rows).isLessThan(10 * PAGE);
    }

    private static Uni<Void> uncounted(SqlConnection connection, UUID account) {
        return connection
                .query(UNCOUNTED.formatted(account))
                .execute()
                .chain(() -> connection.query(INDEXES).execute())
                .chain(definitions -> Multi.createFrom()
                        .iterable(definitions)
                        .onItem()
                        .transformToUniAndConcatenate(definition ->
                                connection.query(definition.getString(0)).execute())
                        .collect()
                        .last()
                        .replaceWithVoid());
    }
}
