package dev.afluente.sync.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.merge.Changes;
import dev.afluente.sync.support.Books;
import dev.afluente.sync.support.Held;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Plan;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PairingTest {
    private static final String TRANSFERS = "/api/banking/transfers";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 10);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Person person = Person.somebody();
    private final Books books = new Books(person);
    private UUID checking;
    private UUID savings;
    private UUID card;

    @Inject
    Ledger ledger;

    @Inject
    Pairing pairing;

    @Inject
    PairsOnMerge onMerge;

    @BeforeEach
    void threeAccounts() {
        checking = books.account("BANK", "0");
        savings = books.account("BANK", "0");
        card = books.account("CREDIT", "0");
    }

    @Test
    void oppositeAmountsThatFitNothingElseAreOneTransfer() {
        UUID out = books.row(checking, DAY, "-250.00");
        UUID in = books.row(savings, DAY.plusDays(3), "250.00");
        UUID bill = books.row(checking, DAY, "-1234.56");
        UUID paid = books.row(card, DAY.minusDays(1), "1234.56");
        books.row(checking, DAY, "-10");
        books.row(savings, DAY.plusDays(4), "10");

        assertThat(pair()).isEqualTo(2);

        assertThat(pairs()).isEqualTo(Map.of(out, in, bill, paid));
        for (UUID side : List.of(out, in)) {
            assertThat(person.get(Person.TRANSACTIONS + "/" + side).jsonPath().getString("transfer_id"))
                    .isEqualTo(person.get(TRANSFERS)
                            .jsonPath()
                            .getString("data.find { it.out.transaction_id == '%s' }.id".formatted(out)));
        }
        assertThat(person.get(Person.TRANSACTIONS + "?max_amount=-10&min_amount=-10")
                        .jsonPath()
                        .getList("data.transfer_id"))
                .containsExactly((Object) null);
        person.get(TRANSFERS)
                .then()
                .body("data.find { it.out.transaction_id == '%s' }.kind".formatted(bill), equalTo("CARD_BILL"))
                .body("data.find { it.out.transaction_id == '%s' }.made_by".formatted(out), equalTo("RULE"))
                .body("data.find { it.out.transaction_id == '%s' }.in.amount".formatted(out), equalTo("250.00"));
        assertThat(pair()).isZero();
    }

    @Test
    void whatIsUncertainIsLeftAlone() {
        // Two that left, one that arrived; and the reverse.
        books.row(checking, DAY, "-100");
        books.row(checking, DAY.plusDays(1), "-100");
        books.row(savings, DAY, "100");
        books.row(checking, DAY, "-70");
        books.row(savings, DAY, "70");
        books.row(savings, DAY.plusDays(2), "70");
        // One account is no transfer, another currency is none, nor is what a shop took.
        books.row(checking, DAY, "-31");
        books.row(checking, DAY, "31");
        books.change(books.row(checking, DAY, "-32"), "currency = 'USD'");
        books.row(savings, DAY, "32");
        books.change(books.row(checking, DAY, "-33"), "merchant_name = 'Padaria'");
        books.row(savings, DAY, "33");
        // Money that is not booked yet may never leave; a card is never where money comes from.
        books.change(books.row(checking, DAY, "-34"), "status = 'PENDING'");
        books.row(savings, DAY, "34");
        books.row(card, DAY, "-35");
        books.row(savings, DAY, "35");
        // To one person, and from another.
        books.row(checking, DAY, "-36", "111.444.777-35", "Ana");
        books.row(savings, DAY, "36", "529.982.247-25", "Bia");
        books.row(checking, DAY, "-37", null, "Ana");
        books.row(savings, DAY, "37", null, "Bia");

        assertThat(pair()).isZero();
    }

    @Test
    void aSharedCounterpartyDecidesBetweenSeveral() {
        UUID mine = books.row(checking, DAY, "-500", "111.444.777-35", "Ana Souza");
        books.row(checking, DAY, "-500", "529.982.247-25", "Bia");
        UUID arrived = books.row(savings, DAY, "500", "11144477735", "ANA SOUZA");
        books.row(savings, DAY.plusDays(1), "500");
        // What is left over is still not certain.
        books.row(checking, DAY.plusDays(2), "-500");

        pair();

        assertThat(pairs()).isEqualTo(Map.of(mine, arrived));
    }

    @Test
    void aPairThatBecomesCertainLaterIsFoundLater() {
        UUID out = books.row(checking, DAY, "-80");
        UUID other = books.row(checking, DAY, "-80");
        UUID in = books.row(savings, DAY, "80");
        assertThat(pair()).isZero();

        books.change(other, "deleted_at = now()");
        assertThat(pair()).isEqualTo(1);
        assertThat(pairs()).isEqualTo(Map.of(out, in));
    }

    /** What a row was before its correction, it is nobody's rival in any more. */
    @ParameterizedTest
    @CsvSource({"amount, -95", "booking_day, 2026-05-01"})
    void aCorrectionFreesWhoWasARival(String column, String value) {
        UUID out = books.row(checking, DAY, "-84");
        UUID other = books.row(checking, DAY, "-84");
        UUID in = books.row(savings, DAY, "84");
        assertThat(pair()).isZero();

        correct(other, column, value);
        assertThat(pair()).isEqualTo(1);
        assertThat(pairs()).isEqualTo(Map.of(out, in));
    }

    @Test
    void aPairEndsWithTheChangeThatEndsIt() {
        UUID removed = books.row(checking, DAY, "-81");
        UUID kept = books.row(savings, DAY, "81");
        UUID corrected = books.row(checking, DAY, "-82");
        books.row(savings, DAY, "82");
        UUID byHand = books.row(checking, DAY, "-83");
        UUID far = books.row(savings, DAY.plusDays(40), "83");
        pair();
        make(byHand, far).statusCode(200);
        assertThat(pairs()).hasSize(3);

        books.change(removed, "deleted_at = now()");
        books.change(corrected, "amount = -82.50");
        books.change(byHand, "amount = -83.50");
        merged(List.of(corrected, byHand), List.of(removed));
        assertThat(pairs()).as("what a person said holds").isEqualTo(Map.of(byHand, far));

        UUID again = books.row(checking, DAY, "-81");
        pair();
        assertThat(pairs()).containsEntry(again, kept);
    }

    @Test
    void whatThePersonSaysIsNoTransferStaysNone() {
        UUID out = books.row(checking, DAY, "-90");
        UUID in = books.row(savings, DAY, "90");
        pair();
        String id = person.get(TRANSFERS).jsonPath().getString("data[0].id");

        person.delete(TRANSFERS + "/" + id).then().statusCode(204);
        person.delete(TRANSFERS + "/" + id).then().statusCode(404).body("code", equalTo("transfer_not_found"));
        books.change(out, "description = 'corrected'");
        books.change(in, "description = 'corrected'");
        assertThat(pair()).isZero();

        make(out, in).statusCode(200).body("made_by", equalTo("USER"));
        make(out, in).statusCode(200);
        assertThat(pairs()).isEqualTo(Map.of(out, in));
    }

    @Test
    void byHandOnlyWhatAddsUp() {
        UUID out = books.row(checking, DAY, "-91");
        UUID in = books.row(savings, DAY.plusDays(60), "91");
        UUID more = books.row(savings, DAY.plusDays(61), "91");
        UUID less = books.row(savings, DAY, "90.99");
        make(out, less).statusCode(409).body("code", equalTo("conflict"));
        make(in, out).statusCode(409);
        make(out, UUID.randomUUID()).statusCode(404).body("code", equalTo("transaction_not_found"));
        Person.somebody()
                .post(TRANSFERS, Map.of("out_id", out, "in_id", in))
                .then()
                .statusCode(404);
        person.post(TRANSFERS, Map.of("out_id", out)).then().statusCode(400).body("code", equalTo("invalid_body"));
        make(out, in).statusCode(200);
        make(out, more).statusCode(409).body("code", equalTo("conflict"));
    }

    @Test
    void aSyncLooksForPairsByItself() {
        UUID out = books.row(checking, DAY, "-4711.00");
        UUID in = books.row(savings, DAY, "4711.00");
        String item = Sandbox.connect("user-ok-10");
        person.connects(item);
        person.awaitRuns(1);
        assertThat(pairs()).containsEntry(out, in);

        long looked = Sql.number("SELECT seq FROM transfer_scan WHERE user_id = $1", person.user);
        // Conclusions about rows may follow; they pair nothing.
        assertThat(looked)
                .isGreaterThanOrEqualTo(
                        Sql.number("SELECT max(first_seq) FROM transaction WHERE user_id = $1", person.user));
        Stream.notified("item/updated", item);
        person.awaitRuns(2);
        assertThat(pairs()).containsEntry(out, in);
    }

    @Test
    void whoComesSecondWaitsOutsideOfTheDatabase() {
        person.connects(Sandbox.connect("user-ok-10"));
        person.awaitRuns(1);
        String waiting =
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%transfer_scan%'";
        UUID out;
        UUID in;
        Held scan = Held.by("SELECT seq FROM transfer_scan WHERE user_id = $1 FOR UPDATE", person.user);
        try (scan) {
            out = books.row(checking, DAY, "-4711.00");
            in = books.row(savings, DAY, "4711.00");
            assertThat(look()).isEqualTo(new Pairing.Look(0, Pairing.Rest.ALL));
            UUID second = person.connectsAgain(Sandbox.connect("user-ok-10"));
            await().atMost(SOON)
                    .until(() -> Sql.number("SELECT count(*) FROM transaction WHERE connection_id = $1", second) > 0);
            assertThat(Sql.number(waiting)).isZero();
            assertThat(pairs()).doesNotContainKey(out);
        }

        person.awaitRuns(2);
        assertThat(pairs()).containsEntry(out, in);
    }

    /** Who waited in vain for a turn of its own while others looked at all it wrote has nothing to wait for any more. */
    @Test
    void aLookServesAllWhoCameBeforeIt() {
        books.row(checking, DAY, "-4712.00");
        long written = ledger.ofTenant(person.tenant, c -> pairing.newest(c, person.tenant, person.user))
                .await()
                .atMost(SOON);
        pair();
        books.row(checking, DAY, "-4713.00");

        Held scan = Held.by("SELECT seq FROM transfer_scan WHERE user_id = $1 FOR UPDATE", person.user);
        try (scan) {
            assertThat(look(written)).isEqualTo(new Pairing.Look(0, Pairing.Rest.NOTHING));
            assertThat(look(written + 1)).isEqualTo(new Pairing.Look(0, Pairing.Rest.ALL));
        }
    }

    @Test
    void aLongHistoryIsLookedAtInParts() {
        for (int batch = 0; batch < 3; batch++) {
            Sql.run("""
                    INSERT INTO transaction (tenant_id, id, user_id, connection_id, account_id, provider_id, date,
                        booking_day, amount, currency, provider_amount, description, search_text, type, status,
                        change_seq, first_seq, shown_seq)
                    SELECT 'default', gen_random_uuid(), $1, $2, $2, 'p' || seq || '-' || n, now() - n * interval '1 hour',
                        current_date - n / 24, CASE WHEN $3 = 1 THEN n ELSE -n - 1 - $3 END, 'BRL', 1, 'x', 'x',
                        'DEBIT', 'POSTED', seq, seq, seq
                    FROM generate_series(1, 4000) n, LATERAL (SELECT $3::int * 8 + 1 + (n - 1) / 500 AS seq) s""", person.user, batch == 1 ? savings : checking, batch);
        }

        // Out go 2 to 4001 and 4 to 4003, in come 1 to 4000: 2 and 3 leave once, the rest twice.
        assertThat(look()).isEqualTo(new Pairing.Look(2, Pairing.Rest.MORE));
        assertThat(look()).isEqualTo(new Pairing.Look(0, Pairing.Rest.NOTHING));
        assertThat(Sql.number("SELECT seq FROM transfer_scan WHERE user_id = $1", person.user))
                .isEqualTo(24);
    }

    @Test
    void thePagesShowEveryPairOnce() {
        for (int i = 1; i <= 7; i++) {
            books.row(checking, DAY, "-" + (1000 + i));
            books.row(savings, DAY, "" + (1000 + i));
        }
        pair();
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = person.get(TRANSFERS + "?limit=3" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("data.id"));
            cursor = page.getString("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    /** However often it looks while rows come in, it finds what a look at everything would have found each time. */
    @Test
    void atRandomThePairsAreThoseOfAPlainReading() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Line> open = new ArrayList<>();
        Map<UUID, UUID> expected = new HashMap<>();
        int rows = "full".equals(System.getProperty("proofs")) ? 3_000 : 150;
        int looks = 0;
        for (int i = 0; i < rows; i++) {
            UUID account = random.nextBoolean() ? checking : savings;
            LocalDate day = DAY.plusDays(random.nextInt(rows / 4));
            String amount = (random.nextBoolean() ? "-" : "") + (1 + random.nextInt(8)) + ".00";
            open.add(new Line(books.row(account, day, amount), account, day, new BigDecimal(amount)));
            if (random.nextInt(6) == 0) {
                Line wrong = open.remove(random.nextInt(open.size()));
                open.add(random.nextBoolean() ? correctAmount(wrong, random) : correctDay(wrong, random));
            }
            if (random.nextInt(6) == 0 || i == rows - 1) {
                looks++;
                lookPlainly(open, expected);
                pair();
                assertThat(pairs()).as("seed %d, look %d", seed, looks).isEqualTo(expected);
            }
        }
        System.out.println("transfers against a plain reading: seed " + seed + ", " + rows + " rows, " + looks
                + " looks, " + expected.size() + " pairs");
    }

    /** Work grows with the rows: equal amounts that are spread over years, and as many on one day. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4_000})
    void equalAmountsAreNotAllComparedWithEachOther(int sameDay) {
        equal(checking, 2_000, DAY, sameDay, "-50");
        equal(savings, 2_000, DAY, sameDay, "50");
        long alike = rowsInALook();

        // The same rows, no amount of which comes twice on a side.
        Sql.run("UPDATE transaction SET amount = amount * substr(provider_id, 2)::int WHERE user_id = $1", person.user);
        assertThat(alike).isLessThan(rowsInALook() + 4_000 * 100);
    }

    private long rowsInALook() {
        Sql.run("ANALYZE transaction");
        return Plan.rows(person.tenant, Pairing.CERTAIN, Tuple.of(person.tenant, person.user, 0L, Long.MAX_VALUE));
    }

    /** The crowd is in one week; its rows out reach into the next, where a row in has rivals that nobody counts. */
    @Test
    void whatIsBesideACrowdIsCertainOnlyWithoutIt() {
        LocalDate first = LocalDate.of(2000, 1, 1).plusDays(7 * 1366);
        equal(checking, 201, first.plusDays(6), 1_000, "-50");
        equal(savings, 201, first, 1_000, "50");
        books.row(savings, first.plusDays(7), "50");
        books.row(checking, first.plusDays(10), "-50");
        UUID out = books.row(checking, first.plusDays(6), "-51");
        UUID in = books.row(savings, first.plusDays(7), "51");

        pair();

        assertThat(pairs()).isEqualTo(Map.of(out, in));
    }

    private record Line(UUID id, UUID account, LocalDate day, BigDecimal amount) {
        boolean goesTo(Line other) {
            return amount.signum() < 0
                    && amount.negate().compareTo(other.amount) == 0
                    && !account.equals(other.account)
                    && Math.abs(day.toEpochDay() - other.day.toEpochDay()) <= Pairing.DAYS;
        }
    }

    /** Rows of one amount, so many on a day, going back from one. */
    private void equal(UUID account, int rows, LocalDate day, int sameDay, String amount) {
        Sql.run("""
                INSERT INTO transaction (tenant_id, id, user_id, connection_id, account_id, provider_id, date, booking_day,
                    amount, currency, provider_amount, description, search_text, type, status, change_seq, first_seq,
                    shown_seq)
                SELECT 'default', gen_random_uuid(), $1, $2, $2, 'e' || n,
                    ($5::date - n / $4::int)::timestamptz + interval '12 hours', $5::date - n / $4::int, $3::numeric, 'BRL', $3::numeric,
                    'x', 'x',
                    CASE WHEN $3::numeric < 0 THEN 'DEBIT' ELSE 'CREDIT' END, 'POSTED', 1, 1, 1
                FROM generate_series(1, $6::int) n""", person.user, account, new BigDecimal(amount), sameDay, day, rows);
        Sql.run("INSERT INTO feed_head VALUES ('default', $1, 1) ON CONFLICT DO NOTHING", person.user);
    }

    private Line correctAmount(Line line, Random random) {
        BigDecimal amount = new BigDecimal((1 + random.nextInt(8)) * line.amount.signum() + ".00");
        correct(line.id, "amount", amount.toString());
        return new Line(line.id, line.account, line.day, amount);
    }

    /** Far away at times: its old days are not among those it touches now. */
    private Line correctDay(Line line, Random random) {
        LocalDate day = line.day.plusDays(random.nextInt(41) - 20);
        correct(line.id, "booking_day", day.toString());
        return new Line(line.id, line.account, day, line.amount);
    }

    /** As a merge does it, with the decision that says what was before. */
    private void correct(UUID row, String column, String value) {
        Sql.run("""
                INSERT INTO decision (tenant_id, id, user_id, account_id, transaction_id, kind, reason, seq, before)
                SELECT tenant_id, gen_random_uuid(), user_id, account_id, id, 'CHANGED', 'provider_changed', change_seq + 1,
                    jsonb_build_object('%1$s', %1$s)
                FROM transaction WHERE id = $1""".formatted(column), row);
        books.change(
                row,
                "%1$s = '%2$s'%3$s"
                        .formatted(
                                column,
                                value,
                                "booking_day".equals(column) ? ", date = '" + value + "T12:00:00Z'" : ""));
    }

    private static void lookPlainly(List<Line> open, Map<UUID, UUID> pairs) {
        List<Line> paired = new ArrayList<>();
        for (Line out : open) {
            List<Line> in = open.stream().filter(out::goesTo).toList();
            if (in.size() == 1
                    && open.stream().filter(each -> each.goesTo(in.get(0))).count() == 1) {
                pairs.put(out.id, in.get(0).id);
                paired.add(out);
                paired.add(in.get(0));
            }
        }
        open.removeAll(paired);
    }

    private int pair() {
        Pairing.Look look = look();
        return look.rest() == Pairing.Rest.MORE ? look.pairs() + pair() : look.pairs();
    }

    private Pairing.Look look() {
        return look(Long.MAX_VALUE);
    }

    private Pairing.Look look(long change) {
        return ledger.ofTenant(
                        person.tenant, connection -> pairing.look(connection, person.tenant, person.user, change))
                .await()
                .atMost(SOON);
    }

    private void merged(List<UUID> modified, List<UUID> removed) {
        ledger.ofTenant(
                        person.tenant,
                        connection -> onMerge.merged(
                                connection, person.tenant, person.user, new Changes(1, List.of(), modified, removed)))
                .await()
                .atMost(SOON);
    }

    private Map<UUID, UUID> pairs() {
        Map<UUID, UUID> pairs = new HashMap<>();
        Sql.run("SELECT out_id, in_id FROM transfer WHERE user_id = $1", person.user)
                .forEach(row -> pairs.put(row.getUUID(0), row.getUUID(1)));
        return pairs;
    }

    private ValidatableResponse make(UUID out, UUID in) {
        return person.post(TRANSFERS, Map.of("out_id", out, "in_id", in)).then();
    }
}
