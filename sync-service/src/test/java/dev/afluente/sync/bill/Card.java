package dev.afluente.sync.bill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.support.Person;
import dev.afluente.sync.support.Sandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Somebody's card after its first sync, beside what the bank has. One for each kind of institution. */
public final class Card {
    private static final Map<Integer, Card> CARDS = new ConcurrentHashMap<>();

    public final Person person;
    public final Map<String, Object> atBank;
    public final Map<String, Object> account;
    private final Map<Object, Map<String, Object>> rowsAtBank = new HashMap<>();

    private Card(int connector) {
        String item = Sandbox.connect("user-ok", connector);
        person = Person.somebody().connects(item);
        assertThat(person.awaitRuns(1)).containsEntry("status", "SUCCEEDED");
        atBank = card(Sandbox.ledger(item));
        account = card(person.accounts());
        @SuppressWarnings("unchecked") // the oracle's documented shape
        List<Map<String, Object>> rows = (List<Map<String, Object>>) atBank.get("transactions");
        rows.forEach(row -> rowsAtBank.put(row.get("id"), row));
    }

    /** The card of a household at a connector of the simulator, read once. */
    public static Card read(int connector) {
        return CARDS.computeIfAbsent(connector, Card::new);
    }

    private static Map<String, Object> card(List<Map<String, Object>> accounts) {
        return accounts.stream()
                .filter(each -> each.get("type").equals("CREDIT"))
                .findFirst()
                .orElseThrow();
    }

    String path() {
        return "/api/banking/accounts/" + account.get("id") + "/bills";
    }

    List<Map<String, Object>> bills() {
        return list(path() + "?limit=500");
    }

    Map<String, Object> open() {
        List<Map<String, Object>> open = bills().stream()
                .filter(bill -> bill.get("state").equals("OPEN"))
                .toList();
        assertThat(open).hasSize(1);
        return open.get(0);
    }

    Map<String, Object> bill(Map<String, Object> listed) {
        Map<String, Object> bill = person.get("/api/banking/bills/" + listed.get("id"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        assertThat(bill).containsAllEntriesOf(listed);
        return bill;
    }

    List<Map<String, Object>> rowsOf(Map<String, Object> bill) {
        return list(Person.TRANSACTIONS + "?limit=500&bill_id=" + bill.get("id"));
    }

    public List<Map<String, Object>> rows() {
        return person.transactions(account.get("id"));
    }

    Map<String, Object> one(Predicate<Map<String, Object>> which) {
        List<Map<String, Object>> rows = rows().stream().filter(which).toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    /** The same row as the bank has it. */
    public Map<String, Object> atBank(Map<String, Object> row) {
        return rowsAtBank.get(row.get("provider_id"));
    }

    @SuppressWarnings("unchecked") // the oracle's documented shape
    public Map<String, Object> metadata(Map<String, Object> row) {
        return (Map<String, Object>) atBank(row).get("creditCardMetadata");
    }

    /** The ids of the bank's rows whose card data fit. */
    @SuppressWarnings("unchecked") // the oracle's documented shape
    List<Object> atBankRows(Predicate<Map<String, Object>> fits) {
        return rowsAtBank.values().stream()
                .filter(row -> fits.test((Map<String, Object>) row.get("creditCardMetadata")))
                .map(row -> row.get("id"))
                .toList();
    }

    public List<Map<String, Object>> list(String path) {
        return person.get(path).then().statusCode(200).extract().jsonPath().getList("data");
    }
}
