package dev.afluente.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.ledger.ApiLedger;
import java.io.PrintStream;
import java.util.Locale;

/** Shows a person what arrived, and how to ask for it. */
public final class Report {
    private final PrintStream out;

    public Report(PrintStream out) {
        this.out = out;
    }

    /** Accounts, balances and the number of transactions of the connection. */
    public void arrived(MainJob.Outcome outcome, ApiLedger ledger) {
        out.println();
        out.println(outcome.earlier() ? "What the bank has now:" : "A bank is connected. What arrived:");
        out.println();
        long total = 0;
        for (JsonNode account : ledger.accounts(outcome.connectionId())) {
            long count = ledger.count(account.path("id").asText());
            total += count;
            out.printf(
                    Locale.ROOT,
                    "  %-34s %16s %s  %,9d transactions%n",
                    name(account),
                    account.path("balance").asText(),
                    account.path("currency").asText(),
                    count);
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "%,d transactions; the last of them were readable %,d ms after the webhook knocked.%n",
                total,
                outcome.webhookToReadable().toMillis());
    }

    private static String name(JsonNode account) {
        for (String field : new String[] {"alias", "name", "subtype", "type"}) {
            if (account.path(field).isTextual() && !account.path(field).asText().isBlank()) {
                return account.path(field).asText();
            }
        }
        return account.path("id").asText();
    }

    /** How to call the API. */
    public void invitation(String gateway, String simulator) {
        out.println();
        out.println("Ask yourself:");
        out.println();
        out.println("  TOKEN=$(curl -s " + gateway + "/dev/token -d '{\"user\":\"" + MainJob.USER
                + "\"}' | sed 's/.*:\"\\(.*\\)\".*/\\1/')");
        out.println("  curl -s -H \"Authorization: Bearer $TOKEN\" " + gateway + "/api/banking/accounts");
        out.println("  curl -s -H \"Authorization: Bearer $TOKEN\" '" + gateway + "/api/banking/transactions?limit=5'");
        out.println();
        out.println("Gateway " + gateway + "   Pluggy simulator " + simulator + "   Ctrl-C stops everything.");
    }
}
