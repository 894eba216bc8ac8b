package dev.afluente.sync.hostile;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows and accounts as nobody should send them, drawn from a seed. */
final class Spoilt {
    private static final List<String> ROW_FIELDS = List.of(
            "id",
            "date",
            "description",
            "amount",
            "currencyCode",
            "amountInAccountCurrency",
            "type",
            "status",
            "category",
            "categoryId",
            "paymentData",
            "merchant",
            "creditCardMetadata",
            "somethingNew");
    private static final List<String> ACCOUNT_FIELDS =
            List.of("id", "type", "subtype", "name", "number", "balance", "currencyCode", "creditData", "somethingNew");
    private static final List<String> DOCUMENTS = List.of(
            "{\"results\":{}}",
            "{\"results\":\"rows\"}",
            "{\"results\":[],\"next\":{}}",
            "[]",
            "7",
            "{\"results\":[{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}]}",
            "{\"results\":[{\"id\":\"x\",\"amount\":" + "9".repeat(1_500_000) + "}]}",
            "{\"results\":[" + "[],".repeat(2_500_000) + "[]]}",
            "{\"results\":[],\"filler\":\"" + "y".repeat(40_000_000) + "\"}");

    private final Random random;
    private final Set<String> ids = new HashSet<>();

    Spoilt(long seed) {
        random = new Random(seed);
    }

    /** Rows from here on are on another page. */
    void newPage() {
        ids.clear();
    }

    /** A row under this id, one of whose fields is spoilt; two of one page are never given one and the same other id. */
    String row(String id) {
        Map<String, String> row;
        do {
            row = goodRow(id);
            spoil(row, ROW_FIELDS);
        } while (row.containsKey("id") && !ids.add(row.get("id")));
        return text(row);
    }

    /** An account under this id, one of whose fields is spoilt. */
    String account(String id) {
        Map<String, String> account = goodAccount(id);
        spoil(account, ACCOUNT_FIELDS);
        return text(account);
    }

    /** A whole answer that is none. */
    String document() {
        return DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
    }

    static Map<String, String> goodRow(String id) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", "\"" + id + "\"");
        row.put("date", "\"2026-02-03T12:00:00.000Z\"");
        row.put("description", "\"Padaria " + id + "\"");
        row.put("amount", "-12.34");
        row.put("currencyCode", "\"BRL\"");
        row.put("type", "\"DEBIT\"");
        row.put("status", "\"POSTED\"");
        return row;
    }

    static Map<String, String> goodAccount(String id) {
        Map<String, String> account = new LinkedHashMap<>();
        account.put("id", "\"" + id + "\"");
        account.put("type", "\"BANK\"");
        account.put("subtype", "\"CHECKING_ACCOUNT\"");
        account.put("name", "\"Conta\"");
        account.put("number", "\"0001/" + id + "\"");
        account.put("balance", "100.10");
        account.put("currencyCode", "\"BRL\"");
        return account;
    }

    static String text(Map<String, String> members) {
        return members.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private void spoil(Map<String, String> members, List<String> fields) {
        String field = fields.get(random.nextInt(fields.size()));
        if (random.nextInt(12) == 0) {
            members.remove(field);
        } else {
            members.put(field, nested(field));
        }
    }

    /** Also one level down, where the field is an object. */
    private String nested(String field) {
        return switch (field) {
            case "creditCardMetadata" ->
                "{\"" + oneOf("installmentNumber", "totalInstallments", "purchaseDate", "billId") + "\":" + value()
                        + "}";
            case "paymentData" -> "{\"" + oneOf("payer", "receiver", "paymentMethod") + "\":" + value() + "}";
            case "merchant" -> "{\"" + oneOf("name", "businessName", "cnpj") + "\":" + value() + "}";
            case "creditData" -> "{\"" + oneOf("creditLimit", "balanceDueDate", "brand") + "\":" + value() + "}";
            default -> value();
        };
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String value() {
        int depth = 1 + random.nextInt(5_000);
        int length = 1 + random.nextInt(50_000);
        return oneOf(
                "9".repeat(1_001 + length),
                "-0." + "7".repeat(1_001 + length),
                "1e999999999",
                "-1e-999999999",
                "1e99999999999999999999",
                "12345678901234567890123456789012345",
                "\"" + "x".repeat(length) + "\"",
                "\"a\\u0000b\"",
                "\"\\ud800\"",
                "\"\"",
                "null",
                "true",
                "[]",
                "{}",
                "[".repeat(depth) + "]".repeat(depth),
                "{\"a\":".repeat(depth) + "1" + "}".repeat(depth),
                "\"NEW_KIND\"",
                "\"XXX\"",
                "\"2026-13-45T99:00:00Z\"",
                "\"+999999999-01-01T00:00:00Z\"",
                "\"0000-01-01T00:00:00Z\"",
                "-99999999999",
                "3.5",
                "[1,2,3]",
                "{\"value\":{\"value\":1}}");
    }
}
