package dev.afluente.sync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.identity.Placement.Current;
import dev.afluente.sync.identity.Placement.Place;
import dev.afluente.sync.identity.Placement.Seen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final UUID ACCOUNT = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final UUID OLD_LINK = new UUID(1, 1);
    private static final UUID NEW_LINK = new UUID(1, 2);

    @Test
    void whatNobodyKnowsIsNew() {
        assertThat(place(NEW_LINK, seen("p"), null)).isEqualTo(new Place.New());
    }

    @Test
    void theOnlyAccountLikeItIsIt() {
        assertThat(place(NEW_LINK, seen("p2", ACCOUNT), reads(OLD_LINK, "p1", 1, false)))
                .isEqualTo(new Place.Here(ACCOUNT, 2, true));
    }

    @Test
    void amongTwoAlikeNoneIsCertain() {
        assertThat(place(NEW_LINK, seen("p2", ACCOUNT, OTHER), reads(OLD_LINK, "p1", 1, false)))
                .isEqualTo(new Place.New());
        assertThat(Placement.of(
                        NEW_LINK,
                        List.of(seen("p2", ACCOUNT), seen("p3", ACCOUNT)),
                        Map.of(ACCOUNT, reads(OLD_LINK, "p1", 1, false))))
                .containsExactly(new Place.New(), new Place.New());
    }

    @Test
    void anAccountToldUnderItsOwnIdIsNotAnotherOfTheSameAnswer() {
        assertThat(Placement.of(
                        OLD_LINK,
                        List.of(again("p1", 1), seen("p2", ACCOUNT)),
                        Map.of(ACCOUNT, reads(OLD_LINK, "p1", 1, false))))
                .containsExactly(new Place.Here(ACCOUNT, 1, false), new Place.New());
    }

    @Test
    void theNewerLinkReadsAndTheOlderLeavesAlone() {
        assertThat(place(OLD_LINK, again("p1", 1), reads(NEW_LINK, "p2", 2, false)))
                .isEqualTo(new Place.Elsewhere(ACCOUNT));
        assertThat(place(NEW_LINK, again("p2", 2), reads(OLD_LINK, "p1", 1, false)))
                .isEqualTo(new Place.Here(ACCOUNT, 2, false));
    }

    @Test
    void theOlderTakesOverAgainWhenTheNewerIsGone() {
        assertThat(place(OLD_LINK, again("p1", 1), reads(NEW_LINK, "p2", 2, true)))
                .isEqualTo(new Place.Here(ACCOUNT, 1, false));
    }

    @Test
    void anIdThatAProviderTookBackIsReadAgain() {
        assertThat(place(OLD_LINK, again("p1", 1), reads(OLD_LINK, "p2", 2, false)))
                .isEqualTo(new Place.Here(ACCOUNT, 1, false));
    }

    private static Place place(UUID link, Seen seen, Current current) {
        return Placement.of(link, List.of(seen), current == null ? Map.of() : Map.of(ACCOUNT, current))
                .get(0);
    }

    private static Seen seen(String providerId, UUID... alike) {
        return new Seen(providerId, null, null, Set.of(alike));
    }

    private static Seen again(String providerId, int generation) {
        return new Seen(providerId, ACCOUNT, generation, Set.of(ACCOUNT));
    }

    private static Current reads(UUID link, String providerId, int generation, boolean abandoned) {
        return new Current(ACCOUNT, link, providerId, generation, abandoned, 2 > generation ? generation : 2);
    }
}
