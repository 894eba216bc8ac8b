package dev.afluente.sync.installment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.bill.Card;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InstallmentsTest {
    private static final String OPEN = "/api/banking/installments";
    private static final int DIRECT = 2;

    @Test
    void thePartsOfAPurchaseAreTiedTogetherAndNoOthers() {
        Card card = Card.read(DIRECT);
        Map<Object, List<Map<String, Object>>> tied = parts(card).stream()
                .collect(Collectors.groupingBy(row -> installment(row).get("purchase_id")));

        assertThat(tied).hasSize(4);
        tied.values().forEach(parts -> {
            Map<String, Object> first = installment(parts.get(0));
            assertThat(parts).hasSize((int) first.get("total"));
            assertThat(parts.stream().map(row -> installment(row).get("number")))
                    .doesNotHaveDuplicates();
            assertThat(parts).allSatisfy(row -> assertThat(installment(row))
                    .containsEntry("purchase_date", first.get("purchase_date"))
                    .containsEntry("total_amount", first.get("total_amount")));
            assertThat(sum(parts)).isEqualByComparingTo(amount(first, "total_amount"));
            assertThat(card.metadata(parts.get(0)).get("totalAmount").toString())
                    .isEqualTo(amount(first, "total_amount").negate().toPlainString());
        });
    }

    @Test
    void openPurchasesTellWhatIsPaidAndWhatIsLeft() {
        Card card = Card.read(DIRECT);
        Map<Object, List<Map<String, Object>>> tied = parts(card).stream()
                .collect(Collectors.groupingBy(row -> installment(row).get("purchase_id")));
        List<Map<String, Object>> open = card.list(OPEN + "?account_id=" + card.account.get("id"));

        assertThat(open).isNotEmpty().isEqualTo(card.list(OPEN));
        assertThat(open)
                .extracting(each -> (String) each.get("purchase_date"))
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
        List<Object> unpaid = new ArrayList<>();
        tied.forEach((purchase, parts) -> {
            if (parts.stream().anyMatch(row -> row.get("status").equals("PENDING"))) {
                unpaid.add(purchase);
            }
        });
        assertThat(open).extracting(each -> each.get("purchase_id")).containsExactlyInAnyOrderElementsOf(unpaid);
        for (Map<String, Object> each : open) {
            List<Map<String, Object>> left = tied.get(each.get("purchase_id")).stream()
                    .filter(row -> row.get("status").equals("PENDING"))
                    .toList();
            assertThat(each).containsEntry("remaining", left.size()).containsEntry("estimated", false);
            assertThat((int) each.get("paid") + left.size()).isEqualTo(each.get("total"));
            assertThat(amount(each, "remaining_amount")).isEqualByComparingTo(sum(left));
            assertThat(each.get("next_date"))
                    .isEqualTo(left.stream()
                            .map(row -> (String) row.get("booking_day"))
                            .sorted()
                            .findFirst()
                            .orElseThrow());
            assertThat((String) each.get("description")).doesNotContainPattern("\\d+/\\d+");
        }
    }

    @Test
    void pagesShowEveryPurchaseOnce() {
        Card card = Card.read(DIRECT);
        List<Object> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = card.person
                    .get(OPEN + "?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            paged.addAll(page.getList("data"));
            cursor = page.getString("next_cursor");
        }

        assertThat(paged).isEqualTo(card.list(OPEN));
    }

    private static List<Map<String, Object>> parts(Card card) {
        return card.rows().stream()
                .filter(row -> row.get("installment") != null)
                .toList();
    }

    @SuppressWarnings("unchecked") // a JSON object
    private static Map<String, Object> installment(Map<String, Object> row) {
        return (Map<String, Object>) row.get("installment");
    }

    private static BigDecimal sum(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> amount(row, "amount")).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal amount(Map<String, Object> object, String field) {
        return new BigDecimal((String) object.get(field));
    }
}
