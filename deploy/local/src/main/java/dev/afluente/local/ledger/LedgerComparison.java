package dev.afluente.local.ledger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.local.http.JsonHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares, row by row, what the API tells a user with what the simulated bank itself holds: same accounts, same balances, and
 * for every transaction the same date, amount, currency, description, status and type; none lost, none double, none invented.
 * The bank's side is read as a stream; of the API's side one account is in memory at a time. Blocking.
 */
public final class LedgerComparison {
    private final ApiLedger api;
    private final JsonHttp simulator;
    private final Findings findings = new Findings();
    private final Map<String, JsonNode> accounts = new HashMap<>();

    private LedgerComparison(ApiLedger api, JsonHttp simulator) {
        this.api = api;
        this.simulator = simulator;
    }

    /**
     * @param connectionId the connection at the API
     * @param itemId the same at the simulator
     */
    public static Findings of(ApiLedger api, JsonHttp simulator, String connectionId, String itemId) {
        return new LedgerComparison(api, simulator).compare(connectionId, itemId);
    }

    private Findings compare(String connectionId, String itemId) {
        List<JsonNode> served = api.accounts(connectionId);
        for (JsonNode account : served) {
            if (accounts.put(account.path("provider_id").asText(), account) != null) {
                findings.add(
                        Findings.Kind.DOUBLE,
                        "account " + account.path("provider_id").asText() + " is served twice");
            }
        }
        try (InputStream body = simulator.stream("/sandbox/ledger?item_id=" + itemId);
                JsonParser parser = JsonHttp.JSON.createParser(body)) {
            enterArray(parser, "accounts");
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                compareAccount(parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator's ledger could not be read", e);
        }
        accounts.keySet().forEach(id -> findings.add(Findings.Kind.PHANTOM, "account " + id + " is not at the bank"));
        return findings;
    }

    private static void enterArray(JsonParser parser, String name) throws IOException {
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.START_ARRAY && name.equals(parser.currentName())) {
                return;
            }
        }
        throw new IOException("no " + name + " in the answer");
    }

    private void compareAccount(JsonParser parser) throws IOException {
        ObjectNode header = JsonHttp.JSON.createObjectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("transactions")) {
                compareRows(header, parser);
            } else {
                header.set(field, parser.readValueAsTree());
            }
        }
        JsonNode served = accounts.remove(header.path("id").asText());
        if (served == null) {
            findings.add(Findings.Kind.LOST, "account " + header.path("id").asText() + " of the bank is missing");
            return;
        }
        findings.account();
        BigDecimal shown = new BigDecimal(served.path("balance").asText("0"));
        BigDecimal held = header.path("balance").decimalValue();
        if (shown.compareTo(held) != 0) {
            findings.add(
                    Findings.Kind.WRONG,
                    "balance of account " + header.path("id").asText() + ": " + shown + " / " + held);
        }
    }

    private void compareRows(JsonNode header, JsonParser parser) throws IOException {
        if (!header.has("id") || !header.has("type") || !header.has("currencyCode")) {
            throw new IOException("the bank's ledger lists transactions before their account's id, type and currency");
        }
        JsonNode served = accounts.get(header.path("id").asText());
        boolean card = header.path("type").asText().equals("CREDIT");
        String currency = header.path("currencyCode").asText();
        Map<String, LedgerRow> rows = served == null
                ? new HashMap<>()
                : api.rows(
                        served.path("id").asText(),
                        id -> findings.add(Findings.Kind.DOUBLE, "transaction " + id + " is served twice"));
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            LedgerRow held = LedgerRow.ofBank(parser.readValueAsTree(), card, currency);
            compareRow(rows.remove(held.id()), held);
        }
        rows.keySet().forEach(id -> findings.add(Findings.Kind.PHANTOM, "transaction " + id + " is not at the bank"));
    }

    private void compareRow(LedgerRow shown, LedgerRow held) {
        if (shown == null) {
            findings.add(Findings.Kind.LOST, "transaction " + held.id() + " of the bank is missing");
        } else if (!shown.equals(held)) {
            findings.add(Findings.Kind.WRONG, "transaction " + held.id() + ": " + shown.differences(held));
        } else {
            findings.row();
        }
    }
}
