package dev.afluente.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.account.MovedAwayException;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.LostLeaseException;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.support.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a page when the ledger is not, or no longer, as it was taken to be. */
@QuarkusTest
class PageMergeTest {
    @Inject
    PageMerge merge;

    private final LeasedAccount leased = new LeasedAccount("default", "none", "page");
    private final UUID account = leased.id;
    private final LeasedRun run = leased.run;

    @BeforeEach
    void lease() {
        leased.lease();
    }

    @Test
    void anAccountThatMovedAwayIsNotWritten() {
        Sql.run("UPDATE account SET connection_id = gen_random_uuid() WHERE id = $1", account);

        assertThatThrownBy(() -> book(true, asksNobody(), row("a", "1"))).isInstanceOf(MovedAwayException.class);

        assertThat(rows()).isZero();
    }

    @Test
    void aWorkerWhoseRunSomebodyElseTookOverWritesNoMore() {
        book(true, asksNobody(), row("a", "1"));
        String before = written();
        Sql.run("UPDATE sync_run SET lease_owner = gen_random_uuid() WHERE id = $1", run.id());

        assertThatThrownBy(() -> book(false, asksNobody(), row("a", "2"), row("b", "3")))
                .isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> merge.remove(run, ledger(false), List.of("a"), "gone_at_provider")
                        .await()
                        .atMost(Duration.ofSeconds(30)))
                .isInstanceOf(LostLeaseException.class);

        assertThat(written()).isEqualTo(before);
    }

    @Test
    void whatAnotherMergeBookedMeanwhileIsLookedAtAgain() {
        book(true, asksNobody(), row("old", "same"));
        SourceTransaction twin = row("twin", "same");
        boolean[] booked = new boolean[1];
        // Asked whether the old row is gone, the provider takes its time, and somebody else books the twin.
        Source slow = named(ids -> {
            Uni<SourcePage> there = Uni.createFrom()
                    .item(new SourcePage(
                            Stream.of(row("old", "same"), twin)
                                    .filter(row -> ids.contains(row.providerId()))
                                    .toList(),
                            List.of(),
                            null));
            if (booked[0]) {
                return there;
            }
            booked[0] = true;
            return merge.book(run, named(all -> there), ledger(true), page(twin))
                    .chain(() -> there);
        });

        Tally tally = book(false, slow, twin);

        assertThat(booked[0]).isTrue();
        assertThat(tally).isEqualTo(new Tally(0, 0, 0, 1, 0));
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void anAccountTakenForEmptyThatIsNotIsLookedAt() {
        book(true, asksNobody(), row("a", "1"), row("b", "2"));

        Tally tally = book(true, asksNobody(), row("a", "1"), row("b", "3"), row("c", "4"));

        assertThat(tally).isEqualTo(new Tally(1, 1, 0, 1, 0));
    }

    @Test
    void rowsWithoutAContentToCompareAreComparedByColumn() {
        book(true, asksNobody(), row("a", "1"), row("b", "2"));
        Sql.run("UPDATE transaction SET content = NULL WHERE account_id = $1", account);
        String before = written();

        assertThat(book(false, asksNobody(), row("a", "1"), row("b", "2"))).isEqualTo(new Tally(0, 0, 0, 2, 0));
        assertThat(written()).isEqualTo(before);
        assertThat(book(false, asksNobody(), row("a", "1"), row("b", "3"))).isEqualTo(new Tally(0, 1, 0, 1, 0));
    }

    /** As after a change to what contents are made of that nobody told. */
    @Test
    void aContentThatIsWrongCostsALookAndWritesNothing() {
        book(true, asksNobody(), row("a", "1"), row("b", "2"));
        Sql.run("UPDATE transaction SET content = content # 1 WHERE account_id = $1", account);
        String before = written();

        assertThat(book(false, asksNobody(), row("a", "1"), row("b", "2"))).isEqualTo(new Tally(0, 0, 0, 2, 0));
        assertThat(written()).isEqualTo(before);
    }

    private Tally book(boolean fresh, Source source, SourceTransaction... rows) {
        return merge.book(run, source, ledger(fresh), page(rows)).await().atMost(Duration.ofSeconds(30));
    }

    private LedgerAccount ledger(boolean fresh) {
        return leased.held(fresh, true);
    }

    private static SourcePage page(SourceTransaction... rows) {
        return new SourcePage(List.of(rows), List.of(), null);
    }

    private static SourceTransaction row(String id, String text) {
        BigDecimal amount = new BigDecimal("-12.34");
        return new SourceTransaction(
                id,
                Instant.parse("2026-03-09T15:00:00Z"),
                LocalDate.parse("2026-03-09"),
                amount,
                "BRL",
                null,
                null,
                amount,
                text,
                "DEBIT",
                "POSTED",
                new SourceTransaction.Category(null, null),
                new SourceTransaction.Payment(null, null, null, null, null),
                SourceTransaction.Card.NOTHING);
    }

    private static Source asksNobody() {
        return named(ids -> Uni.createFrom().failure(new AssertionError("asked for " + ids)));
    }

    /** A source that can only be asked by name. */
    @SuppressWarnings("unchecked") // the method's own parameter
    private static Source named(Function<List<String>, Uni<SourcePage>> answer) {
        return (Source) Proxy.newProxyInstance(
                Source.class.getClassLoader(), new Class<?>[] {Source.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("named");
                    return answer.apply((List<String>) arguments[1]);
                });
    }

    private long rows() {
        return Sql.number("SELECT count(*) FROM transaction WHERE account_id = $1", account);
    }

    /** Where every row version stands: any write moves one. */
    private String written() {
        return Sql.run("""
                        SELECT (SELECT string_agg(ctid::text || xmin::text, ' ' ORDER BY id) FROM transaction WHERE account_id = $1)
                            || (SELECT ctid::text || xmin::text FROM feed_head WHERE user_id = $2)""", account, run.link().userId()).iterator().next().getString(0);
    }
}
