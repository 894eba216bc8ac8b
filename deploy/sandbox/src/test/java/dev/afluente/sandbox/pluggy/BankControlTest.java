package dev.afluente.sandbox.pluggy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BankControlTest {

    @TestHTTPResource
    String base;

    private Client pluggy;
    private String item;
    private String account;

    @BeforeEach
    void connect() {
        pluggy = Client.application(base);
        item = pluggy.connected(2, "user-ok-800").get("id").asText();
        account = pluggy.accounts(item).get(0).get("id").asText();
    }

    private JsonNode change(ObjectNode ask) {
        return pluggy.ok("POST", "/sandbox/items/" + item + "/transactions", ask)
                .at("/accounts/0");
    }

    private List<JsonNode> rows() {
        return pluggy.transactions("?accountId=" + account);
    }

    private static Set<String> ids(List<JsonNode> rows) {
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.get("id").asText()));
        return ids;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private BigDecimal balance() {
        return pluggy.ok("/accounts/" + account).get("balance").decimalValue();
    }

    private static BigDecimal posted(List<JsonNode> rows) {
        return rows.stream()
                .filter(row -> row.get("status").asText().equals("POSTED"))
                .map(row -> row.get("amount").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void addsChangesAndRemovesExactlyWhatItSays() {
        List<JsonNode> before = rows();
        BigDecimal balanceBefore = balance();
        JsonNode done = change(Json.object().put("add", 7).put("change", 5).put("remove", 4));
        assertThat(done.get("created")).hasSize(7);
        assertThat(done.get("updated")).hasSize(5);
        assertThat(done.get("deleted")).hasSize(4);
        List<JsonNode> after = rows();
        Set<String> expected = ids(before);
        expected.removeAll(texts(done.get("deleted")));
        expected.addAll(texts(done.get("created")));
        assertThat(ids(after)).isEqualTo(expected);
        Set<String> same = ids(before);
        same.retainAll(ids(after));
        Set<JsonNode> unchanged = new HashSet<>(after);
        List<String> differing = new ArrayList<>();
        for (JsonNode row : before) {
            if (same.contains(row.get("id").asText()) && !unchanged.contains(row)) {
                differing.add(row.get("id").asText());
            }
        }
        assertThat(differing).containsExactlyInAnyOrderElementsOf(texts(done.get("updated")));
        assertThat(balance().subtract(balanceBefore))
                .isEqualByComparingTo(posted(after).subtract(posted(before)));
    }

    @Test
    void newRowsAreFoundByTheTimeOfTheirCollection() {
        JsonNode done = change(Json.object().put("add", 30));
        String from = pluggy.ok("/transactions/" + done.at("/created/0").asText())
                .get("createdAt")
                .asText();
        assertThat(ids(pluggy.transactions("?accountId=" + account + "&createdAtFrom=" + from)))
                .isEqualTo(Set.copyOf(texts(done.get("created"))));
    }

    @Test
    void aPendingRowIsBookedAsANewRowOutsideOpenFinance() {
        JsonNode pending = rows().stream()
                .filter(row -> row.get("status").asText().equals("PENDING"))
                .findFirst()
                .orElseThrow();
        JsonNode done = change(Json.object().put("post_pending", true));
        assertThat(texts(done.get("deleted"))).containsExactly(pending.get("id").asText());
        JsonNode booked = pluggy.ok("/transactions/" + done.at("/created/0").asText());
        assertThat(booked.get("status").asText()).isEqualTo("POSTED");
        assertThat(booked.get("amount")).isEqualTo(pending.get("amount"));
        assertThat(booked.get("description")).isEqualTo(pending.get("description"));
        assertThat(booked.get("date")).isEqualTo(pending.get("date"));
    }

    @Test
    void aPendingRowKeepsItsIdInOpenFinance() {
        JsonNode connected = pluggy.ok(
                "POST",
                "/sandbox/items",
                Json.object().put("user", "user-ok-50").put("connector_id", 600));
        assertThat(connected.get("status").asText()).isEqualTo("UPDATED");
        item = connected.get("id").asText();
        account = pluggy.accounts(item).get(0).get("id").asText();
        JsonNode done = change(Json.object().put("post_pending", true));
        assertThat(done.get("deleted")).isEmpty();
        assertThat(done.get("updated")).hasSize(1);
        assertThat(pluggy.ok("/transactions/" + done.at("/updated/0").asText())
                        .get("status")
                        .asText())
                .isEqualTo("POSTED");
    }

    @Test
    void aReissueGivesEveryRowOfTheItemANewId() {
        List<JsonNode> before = rows();
        String oldId = before.get(0).get("id").asText();
        pluggy.ok(
                "POST",
                "/sandbox/items/" + item + "/transactions",
                Json.object().put("reissue_ids", true));
        List<JsonNode> after = rows();
        assertThat(after).hasSameSizeAs(before);
        assertThat(ids(after)).doesNotContainAnyElementsOf(ids(before));
        assertThat(after.stream().map(row -> row.get("description").asText()).toList())
                .isEqualTo(before.stream()
                        .map(row -> row.get("description").asText())
                        .toList());
        assertThat(pluggy.get("/transactions/" + oldId).status()).isEqualTo(404);
    }

    @Test
    void queuedChangesComeWithTheNextUpdate() {
        List<JsonNode> before = rows();
        JsonNode answer = pluggy.ok(
                "POST",
                "/sandbox/items/" + item + "/transactions",
                Json.object().put("add", 3).put("queue", true));
        assertThat(answer.get("queued").asBoolean()).isTrue();
        assertThat(rows()).isEqualTo(before);
        pluggy.ok("PATCH", "/items/" + item, Json.object());
        pluggy.settled(item);
        assertThat(rows()).hasSize(803);
    }

    @Test
    void aRelinkShowsTheSameBankUnderNewIds() {
        change(Json.object().put("add", 3).put("change", 3).put("remove", 3));
        List<JsonNode> before = rows();
        JsonNode answer = pluggy.ok("POST", "/sandbox/items/" + item + "/relink", Json.object());
        JsonNode fresh = answer.get("item");
        assertThat(fresh.get("id").asText()).isNotEqualTo(item);
        assertThat(fresh.get("clientUserId"))
                .isEqualTo(pluggy.ok("/items/" + item).get("clientUserId"));
        JsonNode old = pluggy.accounts(item).get(0);
        JsonNode again = pluggy.accounts(fresh.get("id").asText()).get(0);
        assertThat(again.get("number")).isEqualTo(old.get("number"));
        assertThat(again.get("taxNumber")).isEqualTo(old.get("taxNumber"));
        assertThat(again.get("balance")).isEqualTo(old.get("balance"));
        List<JsonNode> rowsAgain =
                pluggy.transactions("?accountId=" + again.get("id").asText());
        assertThat(rowsAgain.stream().map(BankControlTest::content).toList())
                .isEqualTo(before.stream().map(BankControlTest::content).toList());
        assertThat(ids(rowsAgain)).doesNotContainAnyElementsOf(ids(before));
    }

    @Test
    void aRelinkMayTellMoreOrLessOfTheAccount() {
        JsonNode first = pluggy.accounts(item).get(0);
        String number = first.get("number").asText();
        assertThat(first.at("/bankData/transferNumber").asText()).isEqualTo("000/" + number);

        JsonNode documented = relinked("documented");
        assertThat(documented.at("/bankData/transferNumber").asText()).isEqualTo(number);
        assertThat(documented.get("taxNumber")).isEqualTo(first.get("taxNumber"));
        JsonNode bare = relinked("bare");
        assertThat(bare.at("/bankData/transferNumber").isNull()).isTrue();
        assertThat(bare.get("taxNumber").isNull()).isTrue();
        assertThat(bare.get("number").asText()).isEqualTo(number);
    }

    private JsonNode relinked(String telling) {
        JsonNode answer = pluggy.ok(
                "POST", "/sandbox/items/" + item + "/relink", Json.object().put("telling", telling));
        return pluggy.accounts(answer.at("/item/id").asText()).get(0);
    }

    private static String content(JsonNode row) {
        return row.get("date") + " " + row.get("description") + " " + row.get("amount") + " " + row.get("category");
    }

    @Test
    void theSamePersonAtTheSameBankHasTheSameAccountAgain() {
        JsonNode again = pluggy.accounts(
                        pluggy.connected(2, "user-ok-800").get("id").asText())
                .get(0);
        assertThat(again.get("number")).isEqualTo(pluggy.accounts(item).get(0).get("number"));
        ObjectNode other = Client.login(2, "user-ok-800", "password-ok").put("clientUserId", "somebody-else");
        JsonNode others =
                pluggy.settled(pluggy.ok("POST", "/items", other).get("id").asText());
        assertThat(pluggy.accounts(others.get("id").asText()).get(0).get("number"))
                .isNotEqualTo(again.get("number"));
    }

    @Test
    void aBankThatIsAskedTheSameDoesTheSame() {
        String twin = pluggy.connected(2, "user-ok-800").get("id").asText();
        String twinAccount = pluggy.accounts(twin).get(0).get("id").asText();
        for (int i = 0; i < 3; i++) {
            ObjectNode ask = Json.object().put("change", 40).put("remove", 20);
            change(ask);
            pluggy.ok("POST", "/sandbox/items/" + twin + "/transactions", ask);
        }
        assertThat(pluggy.transactions("?accountId=" + twinAccount).stream()
                        .map(BankControlTest::content)
                        .toList())
                .isEqualTo(rows().stream().map(BankControlTest::content).toList());
    }
}
