package dev.afluente.sync.source.pluggy.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.pluggy.PluggyPages.Accounts;
import dev.afluente.model.pluggy.wire.PluggyAccount;
import dev.afluente.model.pluggy.wire.PluggyJson;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a list of accounts one by one, so that one that cannot be read costs the others nothing. */
public final class PluggyAccountList {
    private static final int MAX_TEXT = 500;

    private PluggyAccountList() {}

    public static SourceAccounts read(Accounts page) {
        Map<String, SourceAccount> readable = new LinkedHashMap<>();
        List<String> unreadable = new ArrayList<>();
        for (JsonNode row : page.results() == null ? List.<JsonNode>of() : page.results()) {
            SourceAccount account = account(row);
            if (account == null) {
                unreadable.add(id(row));
            } else {
                readable.put(account.providerId(), account);
            }
        }
        return new SourceAccounts(List.copyOf(readable.values()), unreadable);
    }

    private static SourceAccount account(JsonNode row) {
        try {
            PluggyAccount decoded = PluggyJson.MAPPER.treeToValue(row, PluggyAccount.class);
            return decoded == null
                    ? null
                    : PluggyAccounts.readable(decoded)
                            .filter(PluggyAccountList::isStorable)
                            .findFirst()
                            .orElse(null);
        } catch (JsonProcessingException | RuntimeException e) {
            // Whatever is wrong with it, it is this account's own trouble.
            return null;
        }
    }

    private static boolean isStorable(SourceAccount account) {
        SourceAccount.Credit credit = account.credit();
        return !account.providerId().isBlank()
                && account.providerId().length() <= PluggyTransactions.MAX_ID
                && PluggyTransactions.isStorable(account.providerId())
                && Currency.getInstance(account.currency()) != null
                && Stream.of(
                                account.providerId(),
                                text(account.subtype()),
                                text(account.name()),
                                text(account.number()))
                        .allMatch(PluggyAccountList::isPlain)
                && isSane(account.balance())
                && (credit == null
                        || (isPlain(text(credit.brand()))
                                && isSane(credit.limit())
                                && isSane(credit.available())
                                && isSane(credit.minimumPayment())));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** What PostgreSQL keeps as text. */
    private static boolean isPlain(String value) {
        return value.length() <= MAX_TEXT && value.indexOf('\0') < 0;
    }

    private static boolean isSane(BigDecimal amount) {
        return amount == null || PluggyTransactions.isSane(amount);
    }

    /** The id under which the ledger may know it; empty text when there is none. */
    private static String id(JsonNode row) {
        String id = row.path("id").asText("");
        return id.length() <= PluggyTransactions.MAX_ID && PluggyTransactions.isStorable(id) ? id : "";
    }
}
