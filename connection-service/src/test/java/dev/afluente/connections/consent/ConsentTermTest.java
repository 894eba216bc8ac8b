package dev.afluente.connections.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.provider.LinkState.Consent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentTermTest {
    private static final Instant END = Instant.parse("2026-03-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"30, DAYS_30", "14, DAYS_14", "7, DAYS_7", "1, DAY_1"})
    void aStepBeginsAtTheVeryMoment(int days, ConsentTerm term) {
        Instant begins = END.minus(Duration.ofDays(days));

        assertThat(ConsentTerm.reached(until(END), begins)).isEqualTo(term);
        assertThat(ConsentTerm.reached(until(END), begins.minusNanos(1))).isNotEqualTo(term);
        assertThat(ConsentTerm.next(until(END), begins.minusNanos(1))).isEqualTo(begins);
    }

    @Test
    void eachStepComesOnceAndThenTheEnd() {
        List<Instant> moments = new ArrayList<>();
        for (Instant next = ConsentTerm.next(until(END), END.minus(Duration.ofDays(400)));
                next != null;
                next = ConsentTerm.next(until(END), next)) {
            moments.add(next);
        }

        assertThat(moments)
                .containsExactly(
                        END.minus(Duration.ofDays(30)),
                        END.minus(Duration.ofDays(14)),
                        END.minus(Duration.ofDays(7)),
                        END.minus(Duration.ofDays(1)),
                        END);
    }

    @Test
    void whatDoesNotExpireOrWasTakenBackHasNoSteps() {
        assertThat(ConsentTerm.next(until(null), END)).isNull();
        assertThat(ConsentTerm.reached(until(null), END)).isNull();
        assertThat(ConsentTerm.next(null, END)).isNull();
        Consent revoked = new Consent(null, null, null, END, END.minusSeconds(9));
        assertThat(ConsentTerm.next(revoked, END.minusSeconds(5))).isNull();
    }

    private static Consent until(Instant end) {
        return new Consent(null, null, null, end, null);
    }
}
