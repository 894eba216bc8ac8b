package dev.afluente.sync.merge.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.merge.look.Candidate;
import dev.afluente.sync.merge.look.Look;
import dev.afluente.sync.merge.look.Look.Stranger;
import dev.afluente.sync.merge.match.Matching.Match;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private static final Instant NOON = Instant.parse("2026-03-02T15:00:00Z");

    @Test
    void aRowThatIsStillThereUnderItsIdIsNobodyElse() {
        Look look = look(List.of(stranger(0)), here(0, 1, "old"));

        assertThat(Matching.of(look, Set.of())).isEmpty();
        assertThat(Matching.doubtful(look, Set.of(), List.of())).containsExactly(0);
        assertThat(Matching.of(look, Set.of("old"))).extracting(Match::row).containsExactly(0);
    }

    @Test
    void moreOfTheProvidersThanOfTheLedgersLeaveTheRestNew() {
        Look look =
                look(List.of(stranger(0), stranger(1), stranger(2)), elsewhere(0, 1), elsewhere(1, 1), elsewhere(2, 1));

        assertThat(Matching.of(look, Set.of())).hasSize(1);
    }

    @Test
    void theNthOfEqualsIsTheNth() {
        Look look = look(
                List.of(stranger(0), stranger(1)), elsewhere(0, 7), elsewhere(0, 8), elsewhere(1, 7), elsewhere(1, 8));

        assertThat(Matching.of(look, Set.of()))
                .extracting(match -> match.candidate().id())
                .containsExactly(id(7), id(8));
    }

    @Test
    void whatIsShownIsKeptBeforeWhatWasRemoved() {
        Look look = look(List.of(stranger(0)), removed(0, 1, NOON), elsewhere(0, 2));

        assertThat(Matching.of(look, Set.of()))
                .extracting(match -> match.candidate().id())
                .containsExactly(id(2));
    }

    @Test
    void ofThoseRemovedTheLastToGoComesBack() {
        Look look = look(List.of(stranger(0)), removed(0, 1, NOON), removed(0, 2, NOON.plusSeconds(60)));

        assertThat(Matching.of(look, Set.of()))
                .extracting(match -> match.candidate().id())
                .containsExactly(id(2));
    }

    @Test
    void whoeverSaysTheSameIsFoundBeforeWhoeverWasThereAtTheSameMoment() {
        Look look = look(
                List.of(new Stranger(0, NOON, 5), new Stranger(1, NOON, 6)),
                elsewhere(0, 1, NOON, 6),
                elsewhere(0, 2, NOON, 5),
                elsewhere(1, 1, NOON, 6),
                elsewhere(1, 2, NOON, 5));

        assertThat(Matching.of(look, Set.of()))
                .extracting(match -> match.candidate().id())
                .containsExactly(id(2), id(1));
    }

    @Test
    void theSameMomentGoesBeforeAnother() {
        Look look = look(
                List.of(new Stranger(0, NOON, 5)), elsewhere(0, 1, NOON.plusSeconds(9), 6), elsewhere(0, 2, NOON, 7));

        assertThat(Matching.of(look, Set.of()))
                .extracting(match -> match.candidate().id())
                .containsExactly(id(2));
    }

    @Test
    void aPendingRowIsBookedOnAnotherDayOnlyWhereOneCouldBeOne() {
        assertThat(Matching.of(look(List.of(stranger(0)), pending(0, 1)), Set.of("p1")))
                .hasSize(1);
        assertThat(Matching.of(look(List.of(stranger(0)), pending(0, 1)), Set.of()))
                .isEmpty();
        assertThat(Matching.of(look(List.of(stranger(0)), pending(0, 1), pending(0, 2)), Set.of("p1", "p2")))
                .isEmpty();
        assertThat(Matching.of(look(List.of(stranger(0), stranger(1)), pending(0, 1), pending(1, 1)), Set.of("p1")))
                .isEmpty();
    }

    private static Look look(List<Stranger> strangers, Candidate... candidates) {
        return new Look(List.of(), strangers, List.of(candidates), List.of());
    }

    private static Stranger stranger(int row) {
        return new Stranger(row, NOON, 1);
    }

    private static Candidate here(int row, int number, String providerId) {
        return new Candidate(row, true, id(number), providerId, NOON, 1, true, null, false);
    }

    private static Candidate elsewhere(int row, int number) {
        return elsewhere(row, number, NOON, 1);
    }

    private static Candidate elsewhere(int row, int number, Instant date, long content) {
        return new Candidate(row, true, id(number), "e" + number, date, content, false, null, false);
    }

    private static Candidate removed(int row, int number, Instant at) {
        return new Candidate(row, true, id(number), "r" + number, NOON, 1, true, at, false);
    }

    private static Candidate pending(int row, int number) {
        return new Candidate(row, false, id(number), "p" + number, NOON, 0, true, null, true);
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
