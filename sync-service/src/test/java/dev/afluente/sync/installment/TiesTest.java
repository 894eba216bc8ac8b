package dev.afluente.sync.installment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.installment.Part.Numbering;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiesTest {
    private static final LocalDate DAY = LocalDate.parse("2026-02-07");

    @Test
    void partsOfAPurchaseAreOnePurchase() {
        List<Part> parts = List.of(
                part("loja exemplo parc 01/03", 1, 3, "-33.34"),
                part("loja exemplo parc 02/03", 2, 3, "-33.33"),
                part("loja exemplo parc 03/03", 3, 3, "-33.33"));

        Map<UUID, UUID> ties = Ties.changes(parts);

        assertThat(ties).hasSize(3).doesNotContainValue(null);
        assertThat(Set.copyOf(ties.values())).hasSize(1);
    }

    @Test
    void whatDiffersInDayNumberOfPartsTextOrAmountIsAnotherPurchase() {
        List<Part> parts = List.of(
                part("loja 1/3", 1, 3, "-50.00"),
                new Part(id(), null, DAY.plusDays(1), new Numbering(2, 3), "loja 2/3", amount("-50.00"), null),
                part("loja 2/6", 2, 6, "-50.00"),
                part("outra 2/3", 2, 3, "-50.00"),
                part("loja 2/3", 2, 3, "-50.04"));

        assertThat(Ties.changes(parts).values())
                .hasSize(5)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
    }

    @Test
    void twoEqualPurchasesOfOneDayAreLeftAlone() {
        List<Part> parts = List.of(
                part("loja 1/2", 1, 2, "-50.00"),
                part("loja 1/2", 1, 2, "-50.00"),
                part("loja 2/2", 2, 2, "-50.00"),
                part("loja 2/2", 2, 2, "-50.00"));

        assertThat(Ties.changes(parts)).isEmpty();
        assertThat(Ties.changes(parts.subList(0, 3))).isEmpty();
    }

    @Test
    void whatTheBankSaysOfTheWholeSeparatesPurchasesOfOneDay() {
        List<Part> parts = List.of(
                whole("loja 1/2", 1, "-50.00", "-100.00"),
                whole("loja 1/2", 1, "-50.01", "-100.01"),
                whole("loja 2/2", 2, "-50.00", "-100.00"),
                whole("loja 2/2", 2, "-50.00", "-100.01"));

        Map<UUID, UUID> ties = Ties.changes(parts);

        assertThat(ties.get(parts.get(0).row())).isEqualTo(ties.get(parts.get(2).row()));
        assertThat(ties.get(parts.get(1).row())).isEqualTo(ties.get(parts.get(3).row()));
        assertThat(Set.copyOf(ties.values())).hasSize(2);
    }

    @Test
    void aRowThatFitsTwoPurchasesIsInNone() {
        List<Part> parts = List.of(
                whole("loja 1/2", 1, "-50.00", "-100.00"),
                whole("loja 1/2", 1, "-50.01", "-100.01"),
                part("loja 2/2", 2, 2, "-50.00"));

        assertThat(Ties.changes(parts))
                .hasSize(2)
                .doesNotContainKey(parts.get(2).row());
    }

    @Test
    void aPurchaseKeepsItsIdWhenPartsComeAndGo() {
        UUID purchase = id();
        List<Part> parts = new ArrayList<>(List.of(
                tied(purchase, "loja 1/3", 1, "-50.00"),
                tied(purchase, "loja 2/3", 2, "-50.00"),
                part("loja 3/3", 3, 3, "-50.00")));

        assertThat(Ties.changes(parts)).containsExactly(Map.entry(parts.get(2).row(), purchase));
        parts.remove(0);
        assertThat(Ties.changes(parts)).containsExactly(Map.entry(parts.get(1).row(), purchase));
    }

    @Test
    void aPartThatIsThereTwiceDoesNotJoin() {
        UUID purchase = id();
        List<Part> parts = List.of(
                tied(purchase, "loja 1/3", 1, "-50.00"),
                part("loja 1/3", 1, 3, "-50.00"),
                part("loja 2/3", 2, 3, "-50.00"),
                part("loja 2/3", 2, 3, "-50.00"),
                part("loja 3/3", 3, 3, "-50.00"));

        assertThat(Ties.changes(parts)).containsExactly(Map.entry(parts.get(4).row(), purchase));
    }

    @Test
    void aPartThatNoLongerFitsLeavesAndDoesNotTakeTheIdAlong() {
        UUID purchase = id();
        List<Part> parts = List.of(
                tied(purchase, "loja 1/3", 1, "-50.00"),
                tied(purchase, "loja 2/3", 2, "-50.00"),
                tied(purchase, "loja 3/3", 3, "-80.00"));

        assertThat(Ties.changes(parts)).containsOnlyKeys(parts.get(2).row());
        assertThat(Ties.changes(parts).values()).doesNotContain(purchase).doesNotContainNull();
    }

    @Test
    void whatIsNoPartOfAPurchaseIsNotTied() {
        UUID purchase = id();
        List<Part> parts = List.of(
                part("estorno loja 1/3", 1, 3, "50.00"),
                part("loja 4/3", 4, 3, "-50.00"),
                part("loja 0/3", 0, 3, "-50.00"),
                new Part(id(), null, null, new Numbering(1, 3), "loja", amount("-50.00"), null),
                new Part(id(), purchase, null, new Numbering(2, 3), "loja", amount("-50.00"), null));

        assertThat(Ties.changes(parts)).hasSize(1).containsEntry(parts.get(4).row(), null);
    }

    @ParameterizedTest
    @CsvSource({
        "loja exemplo parc 03/10, loja exemplo",
        "loja exemplo 3/10, loja exemplo",
        "loja exemplo (03/10) sao paulo, loja exemplo sao paulo",
        "loja exemplo parcela 3 de 10, loja exemplo",
        "LOJA EXEMPLO - PARC.03/10, LOJA EXEMPLO",
        "posto 24/7 parc 03/10, posto 24/7",
        "loja 13/10, loja 13/10",
        "loja 03/100, loja 03/100"
    })
    void onlyTheRowsOwnNumberingIsTakenOut(String text, String bare) {
        assertThat(PurchaseText.of(text, new Numbering(3, 10))).isEqualTo(bare);
    }

    private static Part part(String text, int number, int total, String amount) {
        return new Part(id(), null, DAY, new Numbering(number, total), text, amount(amount), null);
    }

    private static Part whole(String text, int number, String amount, String whole) {
        return new Part(id(), null, DAY, new Numbering(number, 2), text, amount(amount), amount(whole));
    }

    private static Part tied(UUID purchase, String text, int number, String amount) {
        return new Part(id(), purchase, DAY, new Numbering(number, 3), text, amount(amount), null);
    }

    private static BigDecimal amount(String amount) {
        return new BigDecimal(amount);
    }

    private static UUID id() {
        return UUID.randomUUID();
    }
}
