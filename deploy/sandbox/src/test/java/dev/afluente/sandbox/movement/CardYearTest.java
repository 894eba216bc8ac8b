package dev.afluente.sandbox.movement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.brazil.Person;
import dev.afluente.sandbox.statement.Bills;
import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.CardDetails;
import dev.afluente.sandbox.statement.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CardYearTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
    private static final Book BOOK =
            new Book(5, Book.Kind.CARD, 0, true, TODAY, Person.draw(new Draw(5, 0)), "card-account");
    private static final List<Row> ROWS = CardYear.rows(BOOK);

    @Test
    void instalmentsAddUpToThePurchase() {
        var byPurchase = ROWS.stream()
                .filter(row -> row.details().card().installment() != null)
                .collect(Collectors.groupingBy(row -> row.details().card().purchaseDate() + " "
                        + row.details().card().installment().totalAmount()));
        assertThat(byPurchase).hasSizeGreaterThan(1);
        byPurchase.values().forEach(parts -> {
            CardDetails.Installment any = parts.get(0).details().card().installment();
            assertThat(parts).hasSize(any.total());
            BigDecimal sum = parts.stream().map(row -> row.money().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).isEqualByComparingTo(any.totalAmount());
        });
    }

    @Test
    void rowsOfAnOpenBillArePendingAndHaveNoBill() {
        assertThat(ROWS).anyMatch(Row::pending).anyMatch(row -> !row.pending());
        for (Row row : ROWS) {
            if (row.pending()) {
                assertThat(row.details().card().billId()).isNull();
            }
            if (row.date().isAfter(Book.midnight(TODAY))) {
                assertThat(row.pending()).isTrue();
            }
        }
    }

    @Test
    void purchasesArePositiveAndBillPaymentsAndRefundsNegative() {
        List<Row> negative =
                ROWS.stream().filter(row -> row.money().amount().signum() < 0).toList();
        assertThat(negative)
                .filteredOn(row -> row.text().shown().startsWith("ESTORNO"))
                .singleElement()
                .satisfies(refund -> assertThat(ROWS)
                        .anyMatch(row -> row.money()
                                        .amount()
                                        .compareTo(refund.money().amount().negate())
                                == 0));
        List<Row> payments = negative.stream()
                .filter(row -> !row.text().shown().startsWith("ESTORNO"))
                .toList();
        assertThat(payments).isNotEmpty().allMatch(row -> row.categoryId().equals(Bills.PAYMENT));
        assertThat(Bills.of(BOOK, ROWS)).isNotEmpty().anySatisfy(bill -> assertThat(payments)
                .anyMatch(row -> row.money().amount().negate().compareTo(bill.total()) == 0));
    }

    @Test
    void onePurchaseWasMadeAbroad() {
        assertThat(ROWS)
                .filteredOn(row -> row.money().currency().equals("USD"))
                .singleElement()
                .satisfies(row -> assertThat(row.money().inAccountCurrency())
                        .isGreaterThan(row.money().amount()));
        assertThat(ROWS).filteredOn(row -> row.categoryId().equals(Bills.TAX)).hasSize(1);
    }

    @Test
    void closingDaysMoveAroundWeekends() {
        assertThat(Bills.closing(YearMonth.of(2026, 3))).isEqualTo(LocalDate.of(2026, 3, 25));
        assertThat(Bills.closing(YearMonth.of(2026, 4))).isEqualTo(LocalDate.of(2026, 4, 27));
        assertThat(Bills.closing(YearMonth.of(2026, 10))).isEqualTo(LocalDate.of(2026, 10, 26));
        assertThat(Bills.monthOf(LocalDate.of(2026, 4, 27))).isEqualTo(YearMonth.of(2026, 4));
        assertThat(Bills.monthOf(LocalDate.of(2026, 4, 28))).isEqualTo(YearMonth.of(2026, 5));
    }
}
