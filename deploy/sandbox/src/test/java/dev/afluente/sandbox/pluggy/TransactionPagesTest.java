package dev.afluente.sandbox.pluggy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TransactionPagesTest {

    @TestHTTPResource
    String base;

    private Client pluggy;

    @BeforeEach
    void connect() {
        pluggy = Client.application(base);
    }

    private String firstAccount(String user) {
        return pluggy.accounts(pluggy.connected(2, user).get("id").asText())
                .get(0)
                .get("id")
                .asText();
    }

    private static List<String> ids(List<JsonNode> rows) {
        return rows.stream().map(row -> row.get("id").asText()).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 499, 500, 501, 12_345})
    void theCursorYieldsEveryRowExactlyOnce(int size) {
        JsonNode item = pluggy.connected(2, "user-ok-" + size);
        String account =
                pluggy.accounts(item.get("id").asText()).get(0).get("id").asText();
        List<JsonNode> rows = pluggy.transactions("?accountId=" + account);
        assertThat(rows).hasSize(size);
        assertThat(ids(rows)).doesNotHaveDuplicates();
        List<String> dates = rows.stream().map(row -> row.get("date").asText()).toList();
        assertThat(dates).isSortedAccordingTo(Collections.reverseOrder());
        JsonNode ledger = pluggy.ok("/sandbox/ledger?item_id=" + item.get("id").asText());
        assertThat(ledger.at("/accounts/0/id").asText()).isEqualTo(account);
        assertThat(ledger.at("/accounts/0/transactions")).containsExactlyElementsOf(rows);
    }

    @Test
    void theNextLinkIsAQueryStringWithTheFilters() {
        String account = firstAccount("user-ok-1200");
        JsonNode page = pluggy.ok("/v2/transactions?accountId=" + account + "&dateFrom=2020-01-01");
        assertThat(page.get("results")).hasSize(500);
        assertThat(page.get("next").asText()).startsWith("?accountId=" + account + "&dateFrom=2020-01-01&after=");
        assertThat(pluggy.transactions("?accountId=" + account + "&dateFrom=2020-01-01"))
                .hasSize(1200);
    }

    @Test
    void filtersByDateAreInclusive() {
        String account = firstAccount("user-ok-900");
        List<JsonNode> all = pluggy.transactions("?accountId=" + account);
        String from = all.get(600).get("date").asText();
        String to = all.get(200).get("date").asText();
        List<JsonNode> some = pluggy.transactions("?accountId=" + account + "&dateFrom=" + from + "&dateTo=" + to);
        assertThat(some)
                .isEqualTo(all.stream()
                        .filter(row -> row.get("date").asText().compareTo(from) >= 0
                                && row.get("date").asText().compareTo(to) <= 0)
                        .toList());
    }

    @Test
    void rowsAreReadByIdInAnyNumberUpTo500() {
        String account = firstAccount("user-ok-900");
        List<JsonNode> all = pluggy.transactions("?accountId=" + account);
        List<JsonNode> some = all.subList(100, 600);
        List<String> wanted = new ArrayList<>(ids(some));
        Collections.shuffle(wanted, new Random(1));
        assertThat(pluggy.transactions("?accountId=" + account + "&ids=" + String.join(",", wanted)))
                .isEqualTo(some);
        Client.Answer tooMany = pluggy.get("/v2/transactions?accountId=" + account + "&ids="
                + all.subList(0, 501).stream()
                        .map(row -> row.get("id").asText())
                        .collect(Collectors.joining(",")));
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.code()).isEqualTo("IDS_PARAMETER_EXCEEDS_MAX_LENGTH");
        JsonNode one = pluggy.ok("/transactions/" + wanted.get(0));
        assertThat(all).contains(one);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?page=1|property page should not exist",
                "?pageSize=10|property pageSize should not exist",
                "?from=2026-01-01|property from should not exist",
                "?dateFrom=2026-01-01&createdAtFrom=2026-01-01|dateFrom and createdAtFrom cannot be used together",
                "?after=nonsense|Invalid cursor",
                "?after=MjAyNi0wMS0wMXxub3QtYS11dWlk|Invalid cursor",
                "?dateFrom=yesterday|dateFrom must be a valid ISO 8601 date string",
            })
    void wrongParametersAreRefused(String query, String message) {
        String account = firstAccount("user-ok-10");
        Client.Answer answer = pluggy.get("/v2/transactions" + query + "&accountId=" + account);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("code").asInt()).isEqualTo(400);
        assertThat(answer.body().get("message").asText()).isEqualTo(message);
        assertThat(answer.body().get("errorId").isTextual()).isTrue();
    }

    @Test
    void anAccountIdIsNeeded() {
        assertThat(pluggy.get("/v2/transactions").body().get("message").asText())
                .isEqualTo("accountId should not be null or undefined, accountId must be a UUID");
        assertThat(pluggy.get("/v2/transactions?accountId=5").status()).isEqualTo(400);
        assertThat(pluggy.get("/v2/transactions?accountId=00000000-0000-4000-8000-000000000000")
                        .code())
                .isEqualTo("ACCOUNT_NOT_FOUND");
    }

    @Test
    void theRetiredListIsGone() {
        Client.Answer answer = pluggy.get("/transactions?accountId=" + firstAccount("user-ok-10"));
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.code()).isEqualTo("ENDPOINT_DEPRECATED");
        assertThat(pluggy.get("/transactions/00000000-0000-4000-8000-000000000000")
                        .code())
                .isEqualTo("TRANSACTION_NOT_FOUND");
    }

    @Test
    void aCategoryCanBeSet() {
        String account = firstAccount("user-ok-10");
        JsonNode row = pluggy.transactions("?accountId=" + account).get(3);
        ObjectNode change = Json.object().put("categoryId", "18020000");
        JsonNode changed = pluggy.ok("PATCH", "/transactions/" + row.get("id").asText(), change);
        assertThat(changed.get("category").asText()).isEqualTo("Pharmacy");
        assertThat(pluggy.transactions("?accountId=" + account).get(3)).isEqualTo(changed);
        assertThat(pluggy.call("PATCH", "/transactions/" + row.get("id").asText(), change.put("categoryId", "1"))
                        .code())
                .isEqualTo("CATEGORY_NOT_FOUND");
    }

    @Test
    void aHouseholdHasPixBoletosSalaryAndAForeignPurchase() {
        String item = pluggy.connected(2, "user-ok").get("id").asText();
        var methods = new HashSet<String>();
        boolean foreign = false;
        for (JsonNode account : pluggy.accounts(item)) {
            for (JsonNode row :
                    pluggy.transactions("?accountId=" + account.get("id").asText())) {
                methods.add(row.at("/paymentData/paymentMethod").asText());
                foreign |= row.get("currencyCode").asText().equals("USD")
                        && row.get("amountInAccountCurrency").isNumber();
                boolean bank = account.get("type").asText().equals("BANK");
                boolean positive = row.get("amount").decimalValue().signum() > 0;
                assertThat(row.get("type").asText()).isEqualTo(bank == positive ? "CREDIT" : "DEBIT");
            }
        }
        assertThat(methods).contains("PIX", "BOLETO", "TED");
        assertThat(foreign).isTrue();
    }
}
