package dev.afluente.webhooks.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.afluente.webhooks.signature.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeConfigTest {

    @ParameterizedTest
    @CsvSource({"deadline,499ms", "deadline,10s", "max-body-size,1000", "max-body-size,1M", "max-in-flight,512K"})
    void whatCannotHoldIsRefusedByName(String key, String value) {
        IntakeConfig config = Settings.of(IntakeConfig.class, "afluente.webhook.intake", key, value);
        assertThatIllegalStateException()
                .isThrownBy(config::validate)
                .withMessageContaining("afluente.webhook.intake." + key);
    }

    @Test
    void theDefaultsHold() {
        assertThatNoException().isThrownBy(Settings.of(IntakeConfig.class, "afluente.webhook.intake")::validate);
    }

    @Test
    void admissionHoldsExactlyWhatItMay() {
        Admission admission = new Admission(10);
        assertThat(admission.reserve(7)).isTrue();
        assertThat(admission.reserve(4)).isFalse();
        assertThat(admission.reserve(3)).isTrue();
        admission.release(7);
        assertThat(admission.held()).isEqualTo(3);
        assertThat(admission.reserve(7)).isTrue();
    }
}
