package dev.afluente.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.afluente.local.http.JsonHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both sides are canned answers here, so that each kind of difference can be planted alone. */
class LedgerComparisonTest {
    private static final String BANK = """
            {"accounts":[
              {"id":"a1","type":"BANK","currencyCode":"BRL","balance":10.50,"transactions":[
                {"id":"t1","date":"2026-01-02T03:00:00.000Z","amount":-1.5,"currencyCode":"BRL","description":"Padaria","status":"POSTED","type":"DEBIT"},
                {"id":"t2","date":"2026-01-03T03:00:00.000Z","amount":7,"currencyCode":"BRL","description":"PIX","status":"POSTED","type":"CREDIT"}]},
              {"id":"c1","type":"CREDIT","currencyCode":"BRL","balance":120.5,"transactions":[
                {"id":"t3","date":"2026-01-02T03:00:00.000Z","amount":20,"amountInAccountCurrency":110,"currencyCode":"USD","description":"Books","status":"PENDING","type":"DEBIT"}]}]}
            """;
    private static final String ACCOUNTS = """
            {"data":[{"id":"A","connection_id":"con","provider_id":"a1","balance":"10.5"},
                     {"id":"C","connection_id":"con","provider_id":"c1","balance":"120.50"},
                     {"id":"X","connection_id":"another","provider_id":"x","balance":"1"}],"next_cursor":null}
            """;
    private static final String T1 = """
            {"provider_id":"t1","date":"2026-01-02T00:00:00-03:00","amount":"-1.50","currency":"BRL","description":"Padaria","status":"POSTED","type":"DEBIT"}""";
    private static final String T2 = """
            {"provider_id":"t2","date":"2026-01-03T03:00:00Z","amount":"7.00","currency":"BRL","description":"PIX","status":"POSTED","type":"CREDIT"}""";
    private static final String T3 = """
            {"provider_id":"t3","date":"2026-01-02T03:00:00Z","amount":"-110.00","currency":"BRL","original_amount":"-20.00","original_currency":"USD","description":"Books","status":"PENDING","type":"DEBIT"}""";

    private HttpServer server;
    private String accounts = ACCOUNTS;
    private String firstPage = page("more", T2);
    private String secondPage = page(null, T1);
    private String card = page(null, T3);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            String body =
                    switch (exchange.getRequestURI().getPath()) {
                        case "/sandbox/ledger" -> BANK;
                        case "/api/banking/accounts" -> accounts;
                        default ->
                            query.contains("account_id=C")
                                    ? card
                                    : query.contains("cursor=more") ? secondPage : firstPage;
                    };
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isEqualAcrossPagesNotationsCardsAndCurrencies() {
        Findings findings = compare();
        assertThat(findings.first()).isEmpty();
        assertThat(findings.equal()).isTrue();
        assertThat(findings.accounts()).isEqualTo(2);
        assertThat(findings.rows()).isEqualTo(3);
    }

    @Test
    void findsALostRow() {
        secondPage = page(null);
        assertThat(compare().first()).containsExactly("transaction t1 of the bank is missing");
        assertThat(compare().count(Findings.Kind.LOST)).isEqualTo(1);
    }

    @Test
    void findsADoubleRow() {
        secondPage = page(null, T1, T1);
        assertThat(compare().first()).containsExactly("transaction t1 is served twice");
        assertThat(compare().count(Findings.Kind.DOUBLE)).isEqualTo(1);
    }

    @Test
    void findsAnInventedRow() {
        secondPage = page(null, T1, T1.replace("t1", "t9"));
        assertThat(compare().first()).containsExactly("transaction t9 is not at the bank");
        assertThat(compare().count(Findings.Kind.PHANTOM)).isEqualTo(1);
    }

    @Test
    void findsEveryKindOfWrongField() {
        assertWrong(T1.replace("-1.50", "1.50"), "amount 1.5 BRL / -1.5 BRL");
        assertWrong(T1.replace("BRL", "USD"), "amount -1.5 USD / -1.5 BRL");
        assertWrong(T1.replace("Padaria", "padaria"), "description padaria / Padaria");
        assertWrong(T1.replace("POSTED", "PENDING"), "status PENDING / POSTED");
        assertWrong(T1.replace("DEBIT", "CREDIT"), "type CREDIT / DEBIT");
        assertWrong(T1.replace("-03:00", "Z"), "date 2026-01-02T00:00:00Z / 2026-01-02T03:00:00Z");
    }

    @Test
    void findsAForgottenForeignAmount() {
        card = page(null, T3.replace("\"original_currency\":\"USD\",", ""));
        assertThat(compare().first()).containsExactly("transaction t3: original amount null / -20 USD");
    }

    @Test
    void findsAWrongBalance() {
        accounts = ACCOUNTS.replace("120.50", "-120.50");
        assertThat(compare().first()).containsExactly("balance of account c1: -120.50 / 120.5");
    }

    @Test
    void findsAMissingAndAnInventedAccount() {
        accounts = ACCOUNTS.replace("\"c1\"", "\"c2\"");
        assertThat(compare().first())
                .containsExactlyInAnyOrder(
                        "transaction t3 of the bank is missing",
                        "account c1 of the bank is missing",
                        "account c2 is not at the bank");
    }

    private void assertWrong(String row, String difference) {
        secondPage = page(null, row);
        assertThat(compare().first()).containsExactly("transaction t1: " + difference);
    }

    private Findings compare() {
        JsonHttp http = new JsonHttp("http://127.0.0.1:" + server.getAddress().getPort(), Map.of());
        return LedgerComparison.of(new ApiLedger(http), http, "con", "item");
    }

    private static String page(String cursor, String... rows) {
        return "{\"data\":[" + String.join(",", rows) + "],\"next_cursor\":"
                + (cursor == null ? "null" : "\"" + cursor + "\"") + "}";
    }
}
