package dev.afluente.connections.sweep;

import static dev.afluente.connections.sweep.Reading.Step.AGAIN;
import static dev.afluente.connections.sweep.Reading.Step.LATER;
import static dev.afluente.connections.sweep.Reading.Step.LOST;
import static dev.afluente.connections.sweep.Reading.Step.NOTHING;
import static dev.afluente.connections.sweep.Reading.Step.SLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Product;
import dev.afluente.connections.provider.LinkState.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Instant COLLECTED = Instant.parse("2026-03-10T09:15:03Z");
    private static final Instant RIPE = COLLECTED.plusSeconds(120);

    @Test
    void whatHasBeenReadUpToTheVeryInstantIsNoNews() {
        assertThat(step(new Reading(COLLECTED, null, null, 0))).isEqualTo(NOTHING);
        assertThat(step(new Reading(COLLECTED.plusNanos(1), null, null, 0))).isEqualTo(NOTHING);
        assertThat(step(new Reading(COLLECTED.minusNanos(1), null, null, 0))).isEqualTo(LOST);
        assertThat(step(Reading.NEVER)).isEqualTo(LOST);
    }

    @Test
    void newsIsGivenTimeUntilTheVeryMoment() {
        assertThat(Reading.NEVER.step(state(Status.UPDATED, COLLECTED), false, RIPE, RIPE.minusNanos(1)))
                .isEqualTo(LATER);
        assertThat(Reading.NEVER.step(state(Status.UPDATED, COLLECTED), false, RIPE, RIPE))
                .isEqualTo(LOST);
    }

    @Test
    void theSameNewsIsAskedForAFewTimesAndNewNewsAgain() {
        assertThat(step(new Reading(null, null, COLLECTED, 1))).isEqualTo(AGAIN);
        assertThat(step(new Reading(null, null, COLLECTED, Reading.MOST - 1))).isEqualTo(AGAIN);
        assertThat(step(new Reading(null, null, COLLECTED, Reading.MOST))).isEqualTo(NOTHING);
        assertThat(step(new Reading(null, null, COLLECTED.minusSeconds(9), Reading.MOST)))
                .isEqualTo(LOST);
    }

    @Test
    void whatIsUnderWayIsLeftAlone() {
        assertThat(Reading.NEVER.step(state(Status.UPDATING, COLLECTED), false, RIPE, RIPE))
                .isEqualTo(NOTHING);
        assertThat(Reading.NEVER.step(state(Status.UPDATED, COLLECTED), true, RIPE, RIPE))
                .isEqualTo(NOTHING);
        assertThat(Reading.NEVER.step(state(Status.UPDATED, null), false, RIPE, RIPE))
                .isEqualTo(NOTHING);
    }

    /** The run that it made may be waiting its turn, or may have failed for a reason of its own. */
    @Test
    void whatWasToldIsNoLossHoweverSlowItsRun() {
        Instant slow = RIPE.plus(Reading.PATIENCE);
        Reading told = new Reading(null, COLLECTED.plusSeconds(1), null, 0);
        assertThat(told.step(state(Status.UPDATED, COLLECTED), false, RIPE, RIPE))
                .isEqualTo(NOTHING);
        assertThat(told.step(state(Status.UPDATED, COLLECTED), false, RIPE, slow.minusNanos(1)))
                .isEqualTo(NOTHING);
        assertThat(told.step(state(Status.UPDATED, COLLECTED), false, RIPE, slow))
                .isEqualTo(SLOW);
        assertThat(new Reading(null, COLLECTED, COLLECTED, Reading.MOST)
                        .step(state(Status.UPDATED, COLLECTED), false, RIPE, slow))
                .isEqualTo(NOTHING);
    }

    @Test
    void whatWasToldOfEarlierNewsSaysNothingOfLaterNews() {
        assertThat(step(new Reading(null, COLLECTED, null, 0))).isEqualTo(NOTHING);
        assertThat(step(new Reading(null, COLLECTED.minusNanos(1), null, 0))).isEqualTo(LOST);
    }

    /** What was collected before the login failed can still be read. */
    @Test
    void aRefusedLoginDoesNotHideWhatWasCollectedBefore() {
        assertThat(Reading.NEVER.step(state(Status.LOGIN_ERROR, COLLECTED), false, RIPE, RIPE))
                .isEqualTo(LOST);
    }

    private static Reading.Step step(Reading reading) {
        return reading.step(state(Status.UPDATED, COLLECTED), false, RIPE, RIPE);
    }

    private static LinkState state(Status status, Instant collected) {
        List<Product> products = List.of(new Product("TRANSACTIONS", collected, true, List.of()));
        return new LinkState(
                new LinkState.Institution("1", "Banco", null, null),
                status,
                null,
                products,
                null,
                null,
                null,
                COLLECTED);
    }
}
