package dev.afluente.webhooks.signature.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afluente.webhooks.signature.Deliveries;
import dev.afluente.webhooks.signature.Delivery;
import dev.afluente.webhooks.signature.Settings;
import dev.afluente.webhooks.signature.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLayerTest {

    private static final SourceLayer LAYER =
            layer("allowed", "177.71.238.212,2001:db8:1::/48", "trusted-proxies", "10.0.0.0/8,fd00::/8");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "177.71.238.212| |GENUINE",
                "::ffff:177.71.238.212| |GENUINE",
                "2001:db8:1:2::3| |GENUINE",
                "177.71.238.213| |SOURCE_NOT_ALLOWED",
                "2001:db8:2::1| |SOURCE_NOT_ALLOWED",
                "203.0.113.7|177.71.238.212|SOURCE_NOT_ALLOWED",
                "10.1.2.3|177.71.238.212|GENUINE",
                "10.1.2.3|177.71.238.212, 10.9.9.9|GENUINE",
                "10.1.2.3|177.71.238.212, 203.0.113.7|SOURCE_NOT_ALLOWED",
                "10.1.2.3|177.71.238.212, 203.0.113.7, 10.9.9.9|SOURCE_NOT_ALLOWED",
                "10.1.2.3|203.0.113.7, 177.71.238.212|GENUINE",
                "10.1.2.3|177.71.238.212:4711|GENUINE",
                "fd00::1|[2001:db8:1::9]:4711|GENUINE",
                "10.1.2.3| |SOURCE_UNREADABLE",
                "10.1.2.3|10.9.9.9|SOURCE_NOT_ALLOWED",
                "10.1.2.3|177.71.238.212, unknown|SOURCE_UNREADABLE",
                "10.1.2.3|177.71.238.212,|SOURCE_UNREADABLE",
                "10.1.2.3|api.pluggy.ai|SOURCE_UNREADABLE",
                "localhost|177.71.238.212|SOURCE_UNREADABLE"
            })
    void onlyWhatOurProxiesWroteCounts(String peer, String forwarded, Verdict expected) {
        Delivery delivery = forwarded == null
                ? Deliveries.from(peer, new byte[0])
                : Deliveries.from(peer, new byte[0], "X-Forwarded-For", forwarded);
        assertThat(LAYER.check(delivery, Instant.EPOCH)).isEqualTo(expected);
    }

    @Test
    void severalLinesAreOneList() {
        Delivery forged = Deliveries.from(
                "10.1.2.3", new byte[0], "X-Forwarded-For", "177.71.238.212", "X-Forwarded-For", "203.0.113.7");
        assertThat(LAYER.check(forged, Instant.EPOCH)).isEqualTo(Verdict.SOURCE_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "example.org", "300.1.1.1"})
    void rangesThatCannotBeReadAreRefused(String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer("allowed", range))
                .withMessageContaining("afluente.webhook.source.allowed");
    }

    @Test
    void trustingEveryProxyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer("allowed", "10.0.0.1", "trusted-proxies", "0.0.0.0/0"))
                .withMessageContaining("trusted-proxies");
    }

    private static SourceLayer layer(String... settings) {
        return new SourceLayer(Settings.of(SourceConfig.class, "afluente.webhook.source", settings));
    }
}
