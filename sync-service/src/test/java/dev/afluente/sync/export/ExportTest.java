package dev.afluente.sync.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.webcohesion.ofx4j.domain.data.MessageSetType;
import com.webcohesion.ofx4j.domain.data.ResponseEnvelope;
import com.webcohesion.ofx4j.domain.data.banking.AccountType;
import com.webcohesion.ofx4j.domain.data.banking.BankStatementResponseTransaction;
import com.webcohesion.ofx4j.domain.data.banking.BankingResponseMessageSet;
import com.webcohesion.ofx4j.domain.data.common.StatementResponse;
import com.webcohesion.ofx4j.domain.data.common.Transaction;
import com.webcohesion.ofx4j.domain.data.creditcard.CreditCardResponseMessageSet;
import com.webcohesion.ofx4j.domain.data.creditcard.CreditCardStatementResponseTransaction;
import com.webcohesion.ofx4j.io.AggregateUnmarshaller;
import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ExportTest {
    private static final String EXPORT = Person.TRANSACTIONS + "/export?format=";
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
    private static Person person;

    @BeforeEach
    void connectOnce() {
        if (person == null) {
            person = Person.somebody().connects(Sandbox.connect("user-ok-1200"));
            person.awaitRuns(1);
        }
    }

    @Test
    void theTableHoldsExactlyTheListedRows() {
        Object noted = person.get(Person.TRANSACTIONS + "?limit=1").jsonPath().getString("data[0].id");
        note(noted, "=HYPERLINK(\\\"x\\\"), almoço; \\\"caro\\\"\\nno Zé");

        Response file = file("csv");

        assertThat(file.contentType()).isEqualTo("text/csv;charset=UTF-8");
        assertThat(file.header("Content-Disposition"))
                .matches("attachment; filename=\"transactions-[0-9-]{10}\\.csv\"");
        List<Map<String, String>> rows = Csv.read(new String(file.asByteArray(), UTF_8), ',');
        List<Map<String, Object>> listed = listed("");
        assertThat(rows).hasSize(listed.size()).hasSizeGreaterThan(1_000);
        for (int i = 0; i < rows.size(); i++) {
            assertSame(rows.get(i), listed.get(i));
        }
        assertThat(rows.get(0)).containsEntry("notes", "'=HYPERLINK(\"x\"), almoço; \"caro\"\nno Zé");
        note(noted, "");
    }

    @Test
    void excelInBrazilGetsSemicolonsDecimalCommasAndAMark() {
        String text = new String(file("csv&dialect=excel_br&max_amount=-100").asByteArray(), UTF_8);

        assertThat(text).startsWith("\uFEFFbooking_day;account;");
        List<Map<String, String>> rows = Csv.read(text.substring(1), ';');
        List<Map<String, Object>> listed = listed("&max_amount=-100");
        assertThat(rows).hasSize(listed.size()).isNotEmpty();
        assertThat(rows.get(0).get("amount")).matches("-\\d+,\\d{2}");
        assertThat(new BigDecimal(rows.get(0).get("amount").replace(',', '.')))
                .isEqualByComparingTo((String) listed.get(0).get("amount"));
    }

    @Test
    void aReaderOfOfxFindsExactlyTheListedRowsInEveryAccount() throws Exception {
        Response file = file("ofx");

        assertThat(file.contentType()).isEqualTo("application/x-ofx");
        List<StatementResponse> statements = statements(file.asByteArray());
        assertThat(statements).hasSameSizeAs(person.accounts());
        List<String> found = statements.stream()
                .flatMap(statement -> statement.getTransactionList().getTransactions().stream())
                .map(ExportTest::line)
                .toList();
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        listed("").stream().map(ExportTest::line).toList());
    }

    @Test
    void ofxTellsBankAccountsFromCardsAndACardsBalanceIsADebt() throws Exception {
        Person household = Person.somebody().connects(Sandbox.connect("user-ok"));
        household.awaitRuns(1);
        byte[] file = raw(household, "ofx&from=2000-01-01").asByteArray();

        ResponseEnvelope envelope =
                new AggregateUnmarshaller<>(ResponseEnvelope.class).unmarshal(new ByteArrayInputStream(file));
        List<AccountType> kinds = bank(envelope)
                .map(each -> each.getMessage().getAccount().getAccountType())
                .toList();
        assertThat(kinds).containsExactlyInAnyOrder(AccountType.CHECKING, AccountType.SAVINGS);
        assertThat(bank(envelope)
                        .map(each -> each.getMessage().getAccount().getBankId())
                        .toList())
                .doesNotContain("0000")
                .containsExactlyInAnyOrderElementsOf(household.accounts().stream()
                        .filter(each -> each.get("type").equals("BANK"))
                        .map(each -> (String) each.get("bank_code"))
                        .toList());
        List<CreditCardStatementResponseTransaction> cards = card(envelope).toList();
        assertThat(cards).hasSize(1);
        Map<String, Object> account = household.accounts().stream()
                .filter(each -> each.get("type").equals("CREDIT"))
                .findFirst()
                .orElseThrow();
        assertThat(BigDecimal.valueOf(
                                cards.get(0).getMessage().getLedgerBalance().getAmount())
                        .negate())
                .isEqualByComparingTo((String) account.get("balance"));
    }

    @Test
    void aFilterThatShowsNothingMakesAnEmptyFile() throws Exception {
        assertThat(Csv.read(file("csv&min_amount=99999999").asString(), ',')).isEmpty();
        assertThat(statements(file("ofx&min_amount=99999999").asByteArray())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xls",
                "csv&limit=5",
                "csv&cursor=x",
                "csv&dialect=dbf",
                "ofx&dialect=rfc4180",
                "csv&colour=blue",
                "csv&format=ofx"
            })
    void whatItDoesNotTakeIsRefusedBeforeTheFirstByte(String query) {
        Response answer = file(query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("code")).isEqualTo("invalid_parameter");
    }

    @Test
    void nothingIsReadForAClientThatHasGone() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket("localhost", RestAssured.port)) {
                socket.getOutputStream()
                        .write(("GET " + EXPORT + "csv HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + person.token() + "\r\n\r\n")
                                .getBytes(UTF_8));
                InputStream in = socket.getInputStream();
                assertThat(in.readNBytes(15)).asString(UTF_8).startsWith("HTTP/1.1 200");
            }
        }
        Awaitility.await().untilAsserted(() -> assertThat(
                        dev.afluente.sync.support.Sql.number(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"))
                .isZero());
        assertThat(file("csv&type=DEBIT").statusCode()).isEqualTo(200);
    }

    private static Response file(String query) {
        return raw(person, query);
    }

    /** Without the contract's eye, which reads JSON only. */
    private static Response raw(Person of, String query) {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + of.token())
                .get(EXPORT + query);
    }

    private static void note(Object id, String words) {
        person.patch(Person.TRANSACTIONS + "/" + id, "{\"notes\":\"" + words + "\"}")
                .then()
                .statusCode(200);
    }

    private static List<Map<String, Object>> listed(String query) {
        List<Map<String, Object>> all = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = person.get(Person.TRANSACTIONS + "?limit=500" + query + cursor)
                    .jsonPath();
            all.addAll(page.getList("data"));
            String next = page.getString("next_cursor");
            cursor = next == null ? null : "&cursor=" + next;
        }
        return all;
    }

    private static void assertSame(Map<String, String> cells, Map<String, Object> row) {
        for (String name : List.of("id", "account_id", "booking_day", "date", "currency", "type", "status")) {
            assertThat(cells.get(name)).as(name).isEqualTo(row.get(name));
        }
        assertThat(new BigDecimal(cells.get("amount"))).isEqualByComparingTo((String) row.get("amount"));
        assertThat(cells.get("description").replaceFirst("^'", "")).isEqualTo(row.get("description"));
        assertThat(cells.get("category")).isEqualTo(row.get("category") == null ? "" : row.get("category"));
    }

    private static List<StatementResponse> statements(byte[] file) throws Exception {
        ResponseEnvelope envelope =
                new AggregateUnmarshaller<>(ResponseEnvelope.class).unmarshal(new ByteArrayInputStream(file));
        assertThat(envelope.getSignonResponse().getStatus().getCode().getCode()).isZero();
        return Stream.concat(
                        bank(envelope).map(each -> (StatementResponse) each.getMessage()),
                        card(envelope).map(each -> (StatementResponse) each.getMessage()))
                .toList();
    }

    private static Stream<BankStatementResponseTransaction> bank(ResponseEnvelope envelope) {
        var set = (BankingResponseMessageSet) envelope.getMessageSet(MessageSetType.banking);
        return set == null ? Stream.empty() : set.getStatementResponses().stream();
    }

    private static Stream<CreditCardStatementResponseTransaction> card(ResponseEnvelope envelope) {
        var set = (CreditCardResponseMessageSet) envelope.getMessageSet(MessageSetType.creditcard);
        return set == null ? Stream.empty() : set.getStatementResponses().stream();
    }

    private static String line(Transaction row) {
        LocalDate day = row.getDatePosted().toInstant().atZone(SAO_PAULO).toLocalDate();
        return row.getId() + " " + day + " "
                + row.getBigDecimalAmount().stripTrailingZeros().toPlainString() + " " + row.getTransactionType() + " "
                + row.getMemo();
    }

    private static String line(Map<String, Object> row) {
        BigDecimal amount = new BigDecimal((String) row.get("amount"));
        return row.get("id") + " " + row.get("booking_day") + " "
                + amount.stripTrailingZeros().toPlainString() + " " + (amount.signum() < 0 ? "DEBIT" : "CREDIT") + " "
                + row.get("description");
    }
}
