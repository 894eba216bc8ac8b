package dev.afluente.model.pluggy.wire;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.pluggy.PluggyPages;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money stays the decimal that was written, and no answer of Pluggy's, however broken, costs more than a failure. */
class PluggyNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "10.00, 10.00",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "-0.00, 0.00",
        "1e3, 1E+3",
        "1.5E-7, 1.5E-7",
        "12345678901234567890.12, 12345678901234567890.12",
        "99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
        "7, 7",
        "'\"10.50\"', 10.50"
    })
    void anAmountStaysExact(String written, String exact) throws Exception {
        assertThat(typed(written)).isEqualTo(new BigDecimal(exact));
        assertThat(throughATree(written)).isEqualTo(new BigDecimal(exact));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e-999999999",
                "0e999999999",
                "0e-999999999",
                "1e2147483647",
                "1e99999999999999",
                "1e1001",
                "\"1e999999999\"",
                "NaN",
                "\"NaN\"",
                "\"Infinity\"",
                "\"twelve\"",
                "true",
                "{}",
                "[1]"
            })
    void aNumberThatCannotBeMoneyIsRefused(String written) {
        assertTimeoutPreemptively(ofSeconds(10), () -> {
            assertThatThrownBy(() -> typed(written)).isInstanceOf(JsonProcessingException.class);
            // A plain tree holds every number; only a list's rows are bounded one by one.
            assertThatThrownBy(() -> throughATree(written))
                    .isInstanceOfAny(JsonProcessingException.class, NumberFormatException.class);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"date\": 1e999999999}",
                "{\"date\": 1e-999999999}",
                "{\"date\": 99999999999999999999999}",
                "{\"date\": \"+999999999999-01-01T00:00:00Z\"}",
                "{\"creditCardMetadata\": {\"installmentNumber\": 1e999999999}}",
                "{\"creditCardMetadata\": {\"installmentNumber\": 99999999999999999999}}",
                "{\"creditCardMetadata\": {\"payeeMCC\": 1e999999999}}"
            })
    void aHugeNumberInAnyFieldEndsQuickly(String row) {
        assertTimeoutPreemptively(ofSeconds(10), () -> {
            try {
                PluggyJson.MAPPER.readValue(row, PluggyTransaction.class);
                PluggyJson.MAPPER.treeToValue(PluggyJson.MAPPER.readTree(row), PluggyTransaction.class);
            } catch (JsonProcessingException expected) {
                assertThat(expected.getMessage()).hasSizeLessThan(2_000);
            }
        });
    }

    @Test
    void aRowThatCannotBeReadLeavesItsPageReadable() {
        assertCostsItsRowAlone("1e999999999");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 999_999})
    void aNumberOfManyDigitsCostsItsRowAlone(int digits) {
        assertCostsItsRowAlone("9".repeat(digits));
        assertCostsItsRowAlone("0." + "9".repeat(digits - 2));
    }

    @Test
    void anExponentBeyondArithmeticCostsItsRowAlone() {
        assertCostsItsRowAlone("1e99999999999999999999");
    }

    @Test
    void whatLiesTooDeepCostsItsRowAlone() {
        assertCostsItsRowAlone("[".repeat(9_000) + "]".repeat(9_000));
        assertCostsItsRowAlone("{\"a\":".repeat(9_000) + "1" + "}".repeat(9_000));
    }

    /** A text in its place would be an id like any other, and two such rows one row. */
    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999999999999", "-1e99999999999999999999"})
    void whatWasCutIsNobodysId(String id) throws Exception {
        JsonNode row = PluggyJson.MAPPER
                .readValue("{\"results\":[{\"id\":" + id + ",\"amount\":1.10}]}", PluggyPages.Cursored.class)
                .results()
                .get(0);

        assertThatThrownBy(() -> PluggyJson.MAPPER.treeToValue(row, PluggyTransaction.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    private static void assertCostsItsRowAlone(String amount) {
        assertTimeoutPreemptively(ofSeconds(10), () -> {
            List<JsonNode> rows = PluggyJson.MAPPER
                    .readValue(
                            "{\"results\":[{\"id\":\"a\",\"amount\":" + amount + "},{\"id\":\"b\",\"amount\":1.10}]}",
                            PluggyPages.Cursored.class)
                    .results();
            assertThatThrownBy(() -> PluggyJson.MAPPER.treeToValue(rows.get(0), PluggyTransaction.class))
                    .isInstanceOf(JsonProcessingException.class);
            assertThat(PluggyJson.MAPPER
                            .treeToValue(rows.get(1), PluggyTransaction.class)
                            .amount())
                    .isEqualTo(new BigDecimal("1.10"));
        });
    }

    @Test
    void aNumberWithoutEndIsRefused() {
        assertRefused("{\"results\":[{\"amount\":" + "9".repeat(2_000_000) + "}]}");
        assertThatThrownBy(() -> typed("9".repeat(1_001))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertRefused("{\"results\":[" + "[".repeat(5_000_000));
        assertRefused("{\"results\":[" + "{\"a\":".repeat(1_000_000));
    }

    @Test
    void aDocumentOfTooManyTokensIsRefused() {
        assertRefused("{\"results\":[" + "[],".repeat(3_000_000) + "[]]}");
    }

    @Test
    void aDocumentThatIsTooLargeIsRefused() {
        assertRefused("{\"results\":[]," + ("\"x\":\"" + "y".repeat(1_000_000) + "\",").repeat(40) + "\"z\":1}");
    }

    @Test
    void aPageOfFullRowsIsWellWithinTheBounds() throws Exception {
        String row = "{\"id\":\"b0e1\",\"amount\":1.10," + "\"field\":{\"a\":[1,2,3]},".repeat(30) + "\"z\":null}";
        String page = "{\"results\":[" + (row + ",").repeat(499) + row + "]}";
        assertThat(PluggyJson.MAPPER.readValue(page, PluggyPages.Cursored.class).results())
                .hasSize(500);
    }

    private static void assertRefused(String document) {
        assertTimeoutPreemptively(ofSeconds(20), () -> assertThatThrownBy(
                        () -> PluggyJson.MAPPER.readValue(document, PluggyPages.Cursored.class))
                .isInstanceOf(JsonProcessingException.class));
    }

    static BigDecimal typed(String amount) throws JsonProcessingException {
        return PluggyJson.MAPPER
                .readValue("{\"amount\":" + amount + "}", PluggyTransaction.class)
                .amount();
    }

    static BigDecimal throughATree(String amount) throws JsonProcessingException {
        JsonNode row = PluggyJson.MAPPER.readTree("{\"amount\":" + amount + "}");
        return PluggyJson.MAPPER.treeToValue(row, PluggyTransaction.class).amount();
    }
}
