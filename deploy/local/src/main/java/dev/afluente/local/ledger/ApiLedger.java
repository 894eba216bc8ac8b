package dev.afluente.local.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.http.JsonHttp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The ledger as the public API serves it to one user, page by page. Blocking. */
public final class ApiLedger {
    private static final int PAGE = 500;

    private final JsonHttp api;

    /** @param api the gateway, with the user's token */
    public ApiLedger(JsonHttp api) {
        this.api = api;
    }

    /** The accounts of one connection. */
    public List<JsonNode> accounts(String connectionId) {
        List<JsonNode> accounts = new ArrayList<>();
        pages("/api/banking/accounts?limit=" + PAGE, account -> {
            if (account.path("connection_id").asText().equals(connectionId)) {
                accounts.add(account);
            }
        });
        return accounts;
    }

    /** How many transactions an account has, counted by reading them. */
    public long count(String accountId) {
        long[] count = new long[1];
        transactions(accountId, row -> count[0]++);
        return count[0];
    }

    /**
     * All rows of an account by provider id: the one thing the comparison holds in memory, about 400 bytes a row.
     *
     * @param repeated told the id of each row that comes a second time
     */
    Map<String, LedgerRow> rows(String accountId, Consumer<String> repeated) {
        Map<String, LedgerRow> rows = new HashMap<>();
        transactions(accountId, row -> {
            LedgerRow read = LedgerRow.ofApi(row);
            if (rows.put(read.id(), read) != null) {
                repeated.accept(read.id());
            }
        });
        return rows;
    }

    private void transactions(String accountId, Consumer<JsonNode> each) {
        pages("/api/banking/transactions?account_id=" + accountId + "&limit=" + PAGE, each);
    }

    private void pages(String path, Consumer<JsonNode> each) {
        String cursor = null;
        do {
            JsonNode page = api.get(
                    cursor == null ? path : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
            page.path("data").forEach(each);
            cursor = page.path("next_cursor").isTextual()
                    ? page.path("next_cursor").asText()
                    : null;
        } while (cursor != null);
    }
}
