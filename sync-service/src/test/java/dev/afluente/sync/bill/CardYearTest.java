package dev.afluente.sync.bill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A card's year at the simulator, as its owner sees it, against the simulator's own truth. */
@QuarkusTest
class CardYearTest {
    /** Institutions over Open Finance forecast the bill of a row, the others do not. */
    private static final int OPEN_FINANCE = 600;

    private static final int DIRECT = 2;

    @AfterEach
    void heal() {
        Sandbox.healed();
    }

    @ParameterizedTest
    @ValueSource(ints = {DIRECT, OPEN_FINANCE})
    void closedBillsAreTheBanksAndTheirRowsExplainThem(int connector) {
        Card card = Card.read(connector);
        List<Map<String, Object>> closed =
                card.bills().stream().filter(bill -> !estimated(bill)).toList();
        List<Map<String, Object>> truth = Sandbox.bills(card.atBank.get("id"));

        assertThat(truth).hasSizeGreaterThan(10);
        assertThat(closed).extracting(bill -> bill.get("due_day")).containsExactlyElementsOf(days(truth, "dueDate"));
        assertThat(closed)
                .extracting(bill -> bill.get("closing_day"))
                .containsExactlyElementsOf(days(truth, "billClosingDate"));
        for (int i = 0; i < truth.size(); i++) {
            Map<String, Object> bill = card.bill(closed.get(i));
            assertThat(amount(bill, "total")).isEqualByComparingTo(number(truth.get(i), "totalAmount"));
            assertThat(amount(bill, "minimum_payment"))
                    .isEqualByComparingTo(number(truth.get(i), "minimumPaymentAmount"));
            assertThat(bill).containsEntry("state", "CLOSED").containsEntry("allows_installments", true);
            assertThat((List<?>) bill.get("payments"))
                    .hasSameSizeAs((List<?>) truth.get(i).get("payments"));
            assertThat((List<?>) bill.get("finance_charges"))
                    .hasSameSizeAs((List<?>) truth.get(i).get("financeCharges"));
            Map<String, Object> contents = map(bill, "contents");
            assertThat(amount(contents, "difference")).isEqualByComparingTo(BigDecimal.ZERO);
            List<Map<String, Object>> rows = card.rowsOf(bill);
            assertThat(rows).hasSize((int) contents.get("rows"));
            assertThat(rows.stream().map(row -> row.get("provider_id")))
                    .containsExactlyInAnyOrderElementsOf(card.atBankRows(meta -> truthId(meta, truth, bill)));
        }
    }

    @Test
    void rowsWithoutABillAreOnTheBillTheBankForecasts() {
        Card card = Card.read(OPEN_FINANCE);
        Map<Object, String> dueMonths = new HashMap<>();
        card.bills().forEach(bill -> dueMonths.put(bill.get("id"), ((String) bill.get("due_day")).substring(0, 7)));

        for (Map<String, Object> row : card.rows()) {
            assertThat(dueMonths.get(row.get("bill_id")))
                    .as("%s of %s", row.get("description"), row.get("booking_day"))
                    .isEqualTo(card.metadata(row).get("billForecastDate"));
        }
    }

    @Test
    void withoutForecastsRowsGoByTheDaysTheCardStates() {
        Card card = Card.read(DIRECT);
        Map<String, Object> open = card.open();
        String closes = (String) map(card.account, "credit").get("closing_day");

        assertThat(open).containsEntry("closing_day", closes).containsEntry("estimated", true);
        assertThat(open.get("due_day")).isEqualTo(map(card.account, "credit").get("due_day"));
        assertThat(card.rows()).allSatisfy(row -> assertThat(row.get("bill_id")).isNotNull());
        List<Map<String, Object>> expected = card.rows().stream()
                .filter(row -> card.metadata(row).get("billId") == null)
                .filter(row -> ((String) row.get("booking_day")).compareTo(closes) <= 0)
                .toList();
        assertThat(card.rowsOf(open)).isEqualTo(expected).isNotEmpty();
        BigDecimal charged = expected.stream()
                .filter(row -> !"05100000".equals(row.get("category_id")))
                .map(row -> amount(row, "amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .negate();
        assertThat(amount(open, "total")).isEqualByComparingTo(charged);
        assertThat(card.bills().stream().filter(bill -> bill.get("state").equals("FUTURE")))
                .isNotEmpty()
                .allSatisfy(bill -> assertThat((String) bill.get("opens_day")).isGreaterThan(closes));
    }

    @Test
    void pagesShowEveryBillOnceTheOneDueLastFirst() {
        Card card = Card.read(DIRECT);
        List<Map<String, Object>> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = card.person
                    .get(card.path() + "?limit=4" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            paged.addAll(page.getList("data"));
            cursor = page.getString("next_cursor");
        }

        assertThat(paged).isEqualTo(card.bills()).hasSizeGreaterThan(12);
        assertThat(paged)
                .extracting(bill -> (String) bill.get("due_day"))
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void aSecondSyncWritesNothing() {
        Card card = Card.read(OPEN_FINANCE);
        List<Map<String, Object>> before = card.bills();
        long change = lastChange(card.person);

        card.person.awaitRun(card.person.asksForRun(false), "SUCCEEDED");

        assertThat(card.bills()).isEqualTo(before);
        assertThat(lastChange(card.person)).isEqualTo(change);
    }

    @Test
    void billsThatCannotBeReadCostTheTransactionsNothing() {
        Sandbox.fault(Map.of("kind", "status", "status", 403, "code_description", "CLIENT_DISABLED", "path", "/bills"));
        String item = Sandbox.connect("user-ok", DIRECT);
        Person person = Person.somebody().connects(item);

        Map<String, Object> run = person.awaitRuns(1);

        assertThat(run).containsEntry("status", "PARTIAL").containsEntry("reason", "provider_access_refused");
        person.seesExactly(Sandbox.ledger(item));
        assertThat(results(person, run))
                .containsExactlyInAnyOrder(
                        "TRANSACTIONS SUCCEEDED", "TRANSACTIONS SUCCEEDED", "TRANSACTIONS SUCCEEDED", "BILLS FAILED");
        assertThat(bills(person))
                .containsEntry("stale", true)
                .containsEntry("last_read_at", null)
                .extractingByKey("last_run")
                .hasFieldOrPropertyWithValue("reason", "provider_access_refused");

        Sandbox.healed();
        Stream.notified("item/updated", item);
        Map<String, Object> next = person.awaitRuns(2);
        assertThat(next).containsEntry("status", "SUCCEEDED");
        assertThat(results(person, next)).contains("BILLS SUCCEEDED");
        assertThat(bills(person)).containsEntry("stale", false).doesNotContainEntry("last_read_at", null);
    }

    /** How fresh a person's bills are. */
    private static Map<String, Object> bills(Person person) {
        Object card = person.accounts().stream()
                .filter(each -> each.get("type").equals("CREDIT"))
                .findFirst()
                .orElseThrow()
                .get("id");
        return person.get("/api/banking/accounts/" + card + "/status")
                .jsonPath()
                .getMap("products.find { it.product == 'BILLS' }");
    }

    @Test
    void askedToWaitWithTheBillsItWaitsAndGoesOn() {
        Sandbox.fault(Map.of("kind", "rate_limit", "path", "/bills", "retry_after", 1, "times", 2));
        Person person = Person.somebody().connects(Sandbox.connect("user-ok", DIRECT));

        Map<String, Object> run = person.awaitRuns(1);

        assertThat(run).containsEntry("status", "SUCCEEDED").containsEntry("attempt", 1);
        assertThat(results(person, run)).contains("BILLS SUCCEEDED");
    }

    @Test
    void moneyOutIsNegativeAndAForeignPurchaseHasBothCurrenciesAndItsTax() {
        Card card = Card.read(DIRECT);

        Map<String, Object> abroad = card.one(row -> row.get("original_currency") != null);
        BigDecimal dollars = number(card.atBank(abroad), "amount");
        assertThat(amount(abroad, "original_amount")).isEqualByComparingTo(dollars.negate());
        assertThat(abroad).containsEntry("original_currency", "USD").containsEntry("currency", "BRL");
        assertThat(amount(abroad, "amount"))
                .isEqualByComparingTo(
                        number(card.atBank(abroad), "amountInAccountCurrency").negate());
        Map<String, Object> tax = card.one(row -> ((String) row.get("description")).startsWith("IOF"));
        assertThat(tax).containsEntry("type", "DEBIT").containsEntry("booking_day", abroad.get("booking_day"));
        assertThat(amount(tax, "amount")).isNegative();
        Map<String, Object> refund = card.one(row -> ((String) row.get("description")).startsWith("ESTORNO"));
        assertThat(refund).containsEntry("type", "CREDIT");
        assertThat(amount(refund, "amount")).isPositive();
        assertThat(card.rows().stream().filter(row -> "05100000".equals(row.get("category_id"))))
                .isNotEmpty()
                .allSatisfy(payment -> {
                    assertThat(payment).containsEntry("type", "CREDIT");
                    assertThat(amount(payment, "amount")).isPositive();
                });
    }

    private static List<String> results(Person person, Map<String, Object> run) {
        List<Map<String, Object>> results =
                person.get("/api/banking/sync_runs/" + run.get("id")).jsonPath().getList("accounts");
        return results.stream()
                .map(result -> result.get("product") + " " + result.get("status"))
                .toList();
    }

    private static long lastChange(Person person) {
        return Sql.number("SELECT max(change_seq) FROM transaction WHERE user_id = $1", person.user);
    }

    private static boolean estimated(Map<String, Object> bill) {
        return (boolean) bill.get("estimated");
    }

    private static List<String> days(List<Map<String, Object>> bills, String field) {
        return bills.stream()
                .map(bill -> ((String) bill.get(field)).substring(0, 10))
                .toList();
    }

    /** Whether a row's card data names the bank's bill that is due with this one. */
    private static boolean truthId(
            Map<String, Object> meta, List<Map<String, Object>> truth, Map<String, Object> bill) {
        return truth.stream()
                .filter(one -> ((String) one.get("dueDate")).startsWith((String) bill.get("due_day")))
                .anyMatch(one -> one.get("id").equals(meta.get("billId")));
    }

    private static BigDecimal amount(Map<String, Object> object, String field) {
        return new BigDecimal((String) object.get(field));
    }

    private static BigDecimal number(Map<String, Object> object, String field) {
        return new BigDecimal(object.get(field).toString());
    }

    @SuppressWarnings("unchecked") // a JSON object
    static Map<String, Object> map(Map<String, Object> object, String field) {
        return (Map<String, Object>) object.get(field);
    }
}
