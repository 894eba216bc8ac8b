package dev.afluente.sync.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.sync.support.Books;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import dev.afluente.sync.support.Sql;
import dev.afluente.sync.support.Stream;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DashboardTest {
    private static final String DASHBOARD = "/api/banking/dashboard";

    private final Person person = Person.somebody();

    /** The same sums, from nothing but what the lists show, in another order and another language. */
    @Test
    void everySumIsRightToTheCent() {
        person.connects(Sandbox.connect("user-ok"));
        person.awaitRuns(1);
        Books books = new Books(person);
        UUID euros = books.account("BANK", "1500.75");
        LocalDate today = LocalDate.now(ZoneId.of("America/Sao_Paulo"));
        UUID foreign = books.row(euros, today, "-19.99");
        books.change(foreign, "currency = 'EUR'");
        Sql.run("UPDATE account SET currency = 'EUR' WHERE id = $1", euros);
        UUID out = books.row(books.account("BANK", "10"), today.withDayOfMonth(1), "-777.70");
        UUID in = books.row(books.account("CREDIT", "20.10"), today.withDayOfMonth(1), "777.70");
        person.post("/api/banking/transfers", Map.of("out_id", out, "in_id", in))
                .then()
                .statusCode(200);

        for (int back = 0; back < 4; back++) {
            assertRight(YearMonth.from(today).minusMonths(back));
        }
        assertRight(YearMonth.from(today).plusMonths(1));
    }

    /** Who connects a card only sees what it was paid, and never from where. */
    @Test
    void whatACardWasPaidIsNobodysIncome() {
        Books books = new Books(person);
        UUID card = books.account("CREDIT", "350");
        UUID bank = books.account("BANK", "0");
        LocalDate day = LocalDate.of(2026, 3, 10);
        books.row(card, day, "-400");
        said(books, books.row(card, day, "20"), "estorno loja");
        said(books, books.row(card, day, "3"), "estorno de pagamento");
        said(books, books.row(card, day, "150"), "pagamento recebido");
        said(books, books.row(card, day.plusDays(9), "100.50"), "pgto fatura");
        books.change(books.row(card, day, "49.50"), "provider_category_id = '05100000'");
        said(books, books.row(card, day, "-7"), "pagamento de conta");
        said(books, books.row(bank, day, "1000"), "pagamento de salario");

        JsonPath march = month("2026-03");

        assertThat(march.getString("totals[0].income")).isEqualTo("1023");
        assertThat(march.getString("totals[0].expense")).isEqualTo("-407");
        assertThat(march.getInt("totals[0].transactions")).isEqualTo(5);
        assertThat(march.getList("categories.category_id")).containsExactly((Object) null);
    }

    private static void said(Books books, UUID row, String text) {
        books.change(row, "description = '%1$s', search_text = '%1$s'".formatted(text));
    }

    @Test
    void aMonthIsSaoPaulosMonth() {
        Books books = new Books(person);
        UUID account = books.account("BANK", "0");
        books.row(account, LocalDate.of(2026, 1, 31), "1.00");
        UUID last = books.row(account, LocalDate.of(2026, 2, 28), "2.00");
        UUID first = books.row(account, LocalDate.of(2026, 3, 1), "4.00");
        // 23:59 on the 28th in São Paulo is March in UTC; 00:00 on the 1st is not February anywhere.
        books.change(last, "date = '2026-03-01T02:59:00Z'");
        books.change(first, "date = '2026-03-01T03:00:00Z'");

        assertThat(month("2026-02").getString("totals[0].income")).isEqualTo("2.00");
        assertThat(month("2026-03").getString("totals[0].income")).isEqualTo("4.00");
        assertThat(month("2026-02").getString("from")).isEqualTo("2026-02-01");
        assertThat(month("2026-02").getString("to")).isEqualTo("2026-02-28");
    }

    @Test
    void aRemovedConnectionsBalanceCountsNoLongerAndItsMonthDoes() {
        String item = Sandbox.connect("user-ok-30");
        person.connects(item);
        person.awaitRuns(1);
        String month = YearMonth.parse(
                        ((String) person.transactions(person.accounts().get(0).get("id"))
                                        .get(0)
                                        .get("booking_day"))
                                .substring(0, 7))
                .toString();
        JsonPath before = month(month);
        assertThat(before.getList("balances")).isNotEmpty();
        assertThat(before.getBoolean("connections[0].removed")).isFalse();

        Stream.removed(person.tenant, person.user, person.connection, item);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> month(month)
                .getBoolean("connections[0].removed"));

        JsonPath after = month(month);
        assertThat(after.getList("balances")).isEmpty();
        assertThat(after.getList("totals")).isEqualTo(before.getList("totals"));
    }

    @Test
    void whoHasNothingSeesNothing() {
        JsonPath nothing =
                person.get(DASHBOARD).then().statusCode(200).extract().jsonPath();
        for (String list : List.of("balances", "totals", "categories", "connections", "recent")) {
            assertThat(nothing.getList(list)).as(list).isEmpty();
        }
        assertThat(nothing.getString("month"))
                .isEqualTo(YearMonth.now(ZoneId.of("America/Sao_Paulo")).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "month=2026-13",
                "month=2026",
                "month=26-01",
                "month=2026-01-01",
                "month=999999-01",
                "year=2026",
                "limit=5"
            })
    void whatIsNoMonthIsRefused(String query) {
        person.get(DASHBOARD + "?" + query).then().statusCode(400).body("code", equalTo("invalid_parameter"));
    }

    private void assertRight(YearMonth month) {
        JsonPath shown = month(month.toString());
        Set<Object> transferred = new HashSet<>();
        List<Map<String, Map<String, Object>>> pairs =
                person.get("/api/banking/transfers?limit=500").jsonPath().getList("data");
        for (Map<String, Map<String, Object>> pair : pairs) {
            transferred.add(pair.get("out").get("transaction_id"));
            transferred.add(pair.get("in").get("transaction_id"));
        }
        Set<Object> cards = person.accounts().stream()
                .filter(account -> account.get("type").equals("CREDIT"))
                .map(account -> account.get("id"))
                .collect(Collectors.toSet());
        List<Map<String, Object>> rows = listed("?from=" + month.atDay(1) + "&to=" + month.atEndOfMonth()).stream()
                .filter(row -> !transferred.contains(row.get("id")))
                .filter(row -> !isPayment(row, cards))
                .toList();
        String when = month.toString();
        assertThat(sums(shown.getList("totals"), row -> row.get("currency")))
                .as(when)
                .isEqualTo(expected(rows, row -> row.get("currency")));
        assertThat(sums(shown.getList("categories"), row -> row.get("currency") + " " + row.get("category_id")))
                .as(when)
                .isEqualTo(expected(rows, row -> row.get("currency") + " " + row.get("category_id")));
        List<Map<String, Object>> connections = shown.getList("connections");
        assertThat(sums(
                        connections.stream()
                                .filter(row -> !row.get("transactions").equals(0))
                                .toList(),
                        row -> row.get("currency") + " " + row.get("connection_id")))
                .as(when)
                .isEqualTo(expected(rows, row -> row.get("currency") + " " + row.get("connection_id")));
        assertBalances(shown.getList("balances"));
        assertThat(shown.getList("recent.id"))
                .isEqualTo(listed("").stream()
                        .filter(row -> !Instant.parse((String) row.get("date")).isAfter(Instant.now()))
                        .limit(10)
                        .map(row -> row.get("id"))
                        .toList());
    }

    /** Nobody has put these rows into another category: it is the provider's. */
    private static boolean isPayment(Map<String, Object> row, Set<Object> cards) {
        List<String> words = List.of(
                ((String) row.get("description")).toLowerCase(Locale.ROOT).split("[^\\p{L}]+"));
        return cards.contains(row.get("account_id"))
                && row.get("type").equals("CREDIT")
                && (Objects.toString(row.get("category_id")).startsWith("0510")
                        || (!words.contains("estorno")
                                && List.of("pagamento", "pagto", "pgto").stream()
                                        .anyMatch(words::contains)));
    }

    private void assertBalances(List<Map<String, Object>> shown) {
        Map<String, BigDecimal> net = new TreeMap<>();
        for (Map<String, Object> account : person.accounts()) {
            BigDecimal balance = new BigDecimal((String) account.get("balance"));
            net.merge(
                    (String) account.get("currency"),
                    account.get("type").equals("CREDIT") ? balance.negate() : balance,
                    BigDecimal::add);
        }
        assertThat(shown.stream()
                        .collect(Collectors.toMap(row -> (String) row.get("currency"), row -> decimal(row.get("net")))))
                .isEqualTo(net.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, sum -> decimal(sum.getValue()))));
    }

    private static Map<String, List<Object>> sums(
            List<Map<String, Object>> shown, Function<Map<String, Object>, Object> key) {
        return shown.stream()
                .collect(Collectors.toMap(
                        row -> key.apply(row).toString(),
                        row -> List.of(
                                decimal(row.get("income")),
                                decimal(row.get("expense")),
                                decimal(row.get("net")),
                                row.get("transactions"))));
    }

    private static Map<String, List<Object>> expected(
            List<Map<String, Object>> rows, Function<Map<String, Object>, Object> key) {
        Map<String, List<Map<String, Object>>> groups = rows.stream()
                .collect(Collectors.groupingBy(row -> key.apply(row).toString()));
        Map<String, List<Object>> sums = new TreeMap<>();
        groups.forEach((name, some) -> {
            BigDecimal income = BigDecimal.ZERO;
            BigDecimal expense = BigDecimal.ZERO;
            for (Map<String, Object> row : some) {
                BigDecimal amount = new BigDecimal((String) row.get("amount"));
                income = income.add(amount.max(BigDecimal.ZERO));
                expense = expense.add(amount.min(BigDecimal.ZERO));
            }
            sums.put(name, List.of(decimal(income), decimal(expense), decimal(income.add(expense)), some.size()));
        });
        return sums;
    }

    /** Amounts that differ only in zeros at the end are the same amount. */
    private static String decimal(Object amount) {
        BigDecimal exact = new BigDecimal(Objects.toString(amount));
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    private List<Map<String, Object>> listed(String query) {
        List<Map<String, Object>> rows = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = person.get(
                            Person.TRANSACTIONS + (query.isEmpty() ? "?" : query + "&") + "limit=500" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            rows.addAll(page.getList("data"));
            cursor = page.getString("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        }
        return rows;
    }

    private JsonPath month(String month) {
        return person.get(DASHBOARD + "?month=" + month)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
