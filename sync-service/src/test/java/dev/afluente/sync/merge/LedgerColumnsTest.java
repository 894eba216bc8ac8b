package dev.afluente.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.source.SourceTransaction.Card;
import dev.afluente.sync.source.SourceTransaction.Category;
import dev.afluente.sync.source.SourceTransaction.Payment;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerColumnsTest {
    private static final Instant DATE = Instant.parse("2026-03-01T15:00:00.123Z");
    private static final LocalDate DAY = LocalDate.parse("2026-03-01");
    private static final Category CATEGORY = new Category("08", "Food");
    private static final Payment PAYMENT = new Payment("PIX", "Loja", "1", "Ana", "2");
    private static final Card CARD = new Card(1, 3, DAY, "bill", new BigDecimal("30"), YearMonth.of(2026, 4));

    private static SourceTransaction row(
            String id, Instant date, String amount, String text, Category category, Payment payment, Card card) {
        BigDecimal exact = new BigDecimal(amount);
        return new SourceTransaction(
                id, date, DAY, exact, "BRL", null, null, exact, text, "DEBIT", "POSTED", category, payment, card);
    }

    private static long content(SourceTransaction row) {
        return LedgerColumns.content(List.of(row))[0];
    }

    @Test
    void whateverARowSaysIsInItsContent() {
        List<SourceTransaction> different = List.of(
                row("a", DATE, "-1.50", "x", CATEGORY, PAYMENT, CARD),
                row("b", DATE, "-1.50", "x", CATEGORY, PAYMENT, CARD),
                row("a", DATE.plusMillis(1), "-1.50", "x", CATEGORY, PAYMENT, CARD),
                row("a", DATE, "-1.51", "x", CATEGORY, PAYMENT, CARD),
                row("a", DATE, "-1.50", "X", CATEGORY, PAYMENT, CARD),
                row("a", DATE, "-1.50", "x ", CATEGORY, PAYMENT, CARD),
                row("a", DATE, "-1.50", "x", new Category("08", null), PAYMENT, CARD),
                row("a", DATE, "-1.50", "x", new Category(null, "Food"), PAYMENT, CARD),
                row("a", DATE, "-1.50", "x", CATEGORY, new Payment("", "Loja", "1", "Ana", "2"), CARD),
                row("a", DATE, "-1.50", "x", CATEGORY, new Payment(null, "Loja", "1", "Ana", "2"), CARD),
                // What moves from one column to its neighbour.
                row("a", DATE, "-1.50", "x", CATEGORY, new Payment("PIX", "Loja1", "", "Ana", "2"), CARD),
                row("a", DATE, "-1.50", "x", CATEGORY, new Payment("PIX", "Loja", "1", "2", "Ana"), CARD),
                row("a", DATE, "-1.50", "x", CATEGORY, PAYMENT, new Card(2, 3, DAY, "bill", BigDecimal.TEN, null)),
                row("a", DATE, "-1.50", "x", CATEGORY, PAYMENT, Card.NOTHING));
        Set<Long> contents = new HashSet<>(List.of(LedgerColumns.content(different)));

        assertThat(contents).hasSameSizeAs(different);
        assertThat(contents).allSatisfy(content -> assertThat(content >> LedgerColumns.FORM_SHIFT)
                .isEqualTo(1));
    }

    @Test
    void whatIsTheSameToTheDatabaseHasTheSameContent() {
        long content = content(row("a", DATE, "-1.50", "x", CATEGORY, PAYMENT, CARD));

        assertThat(content(row("a", DATE, "-1.5", "x", CATEGORY, PAYMENT, CARD)))
                .isEqualTo(content);
        assertThat(content(row("a", DATE.plusNanos(999), "-1.50", "x", CATEGORY, PAYMENT, CARD)))
                .isEqualTo(content);
    }
}
