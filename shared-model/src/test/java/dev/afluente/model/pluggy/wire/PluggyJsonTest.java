package dev.afluente.model.pluggy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.pluggy.PluggyPages.ApiKey;
import dev.afluente.model.pluggy.PluggyPages.ClientKeys;
import dev.afluente.model.pluggy.PluggyPages.ConnectToken;
import dev.afluente.model.pluggy.PluggyPages.ConnectTokenRequest;
import dev.afluente.model.pluggy.PluggyPages.Cursored;
import dev.afluente.model.pluggy.PluggyPages.Numbered;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pluggy's wire format as its documents describe it, with what it may add tomorrow mixed in. */
class PluggyJsonTest {
    private static final PluggyTransaction EMPTY = new PluggyTransaction(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    @Test
    void readsAnItem() throws Exception {
        PluggyItem item = read("item", PluggyItem.class);
        assertThat(item.id()).isEqualTo("3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001");
        assertThat(item.executionStatus()).isEqualTo("A_STATUS_OF_TOMORROW");
        assertThat(item.error()).isNull();
        assertThat(item.parameter().type()).isEqualTo("hologram");
        assertThat(item.parameter().expiresAt()).isEqualTo("2026-03-10T09:20:00Z");
        assertThat(item.statusDetail()).containsOnlyKeys("accounts", "transactions", "identity", "somethingNew");
        assertThat(item.statusDetail().get("identity")).isNull();
        assertThat(item.statusDetail().get("transactions").warnings())
                .containsExactly(new PluggyItem.Warning("001", "m", "pm"));
        assertThat(item.userAction().attributes()).containsEntry("amount", new BigDecimal("0.1"));
        assertThat(item.nextAutoSyncAt())
                .as("an offset is as good as Z")
                .isEqualTo(Instant.parse("2026-03-11T09:00:00Z"));
        assertThat(item.clientUserId()).isEqualTo("acme/ana");
    }

    @Test
    void readsAConnector() throws Exception {
        PluggyConnector connector = read("item", PluggyItem.class).connector();
        assertThat(connector.id()).isEqualTo(601);
        assertThat(connector.hasMFA()).isFalse();
        assertThat(connector.isOpenFinance()).isTrue();
        assertThat(connector.isSandbox()).isFalse();
        assertThat(connector.products()).containsExactly("ACCOUNTS", "SOMETHING_NEW");
        assertThat(connector.health()).isEqualTo(new PluggyConnector.Health("ON_FIRE", null));
        assertThat(connector.credentials().get(1).options()).containsExactly(new PluggyConnector.Option("1", "Conta"));
    }

    @Test
    void writesWhatItReads() throws Exception {
        PluggyItem item = read("item", PluggyItem.class);
        String written = PluggyJson.MAPPER.writeValueAsString(item);
        assertThat(PluggyJson.MAPPER.readValue(written, PluggyItem.class)).isEqualTo(item);
        assertThat(PluggyJson.MAPPER.readTree(written).path("connector").fieldNames())
                .toIterable()
                .contains("hasMFA", "isOpenFinance", "isSandbox")
                .doesNotContain("openFinance", "sandbox");
    }

    @Test
    void readsAccountsAndCards() throws Exception {
        Numbered<PluggyAccount> page =
                PluggyJson.MAPPER.readValue(sample("accounts"), new TypeReference<Numbered<PluggyAccount>>() {});
        assertThat(page.totalPages()).isEqualTo(1);
        PluggyAccount card = page.results().get(0);
        assertThat(card.balance()).isEqualTo(new BigDecimal("812.40"));
        assertThat(card.bankData()).isNull();
        assertThat(card.creditData().creditLimit()).isEqualTo(new BigDecimal("5000.00"));
        assertThat(card.creditData().balanceCloseDate()).isEqualTo("2026-03-28");
        assertThat(card.creditData().status()).isEqualTo("FROZEN");
        PluggyAccount account = page.results().get(1);
        assertThat(account.balance()).isEqualTo(new BigDecimal("-0.01"));
        assertThat(account.bankData().closingBalance()).isEqualByComparingTo("1000");
        assertThat(account.creditData()).isNull();
    }

    @Test
    void readsAPageOfTransactionsRowByRow() throws Exception {
        Cursored page = read("transactions", Cursored.class);
        assertThat(page.next()).isEqualTo("?accountId=a1c0&after=MjAyNi0wMy0wOXxiMGUz%2Bw==");
        assertThat(page.results()).hasSize(6);
        PluggyTransaction card = row(page.results().get(0));
        assertThat(card.amount()).isEqualTo(new BigDecimal("120.50"));
        assertThat(card.date()).isEqualTo("2026-03-09T03:00:00Z");
        assertThat(card.creditCardMetadata().payeeMCC()).as("a number").isEqualTo("5651");
        assertThat(card.creditCardMetadata().totalAmount()).isEqualTo(new BigDecimal("1205.00"));
        PluggyTransaction pix = row(page.results().get(1));
        assertThat(pix.amount()).isEqualTo(new BigDecimal("0.30000000000000000000000000000000000001"));
        assertThat(pix.type()).isEqualTo("CREDIT_OF_TOMORROW");
        assertThat(pix.status()).isNull();
        assertThat(pix.creditCardMetadata().payeeMCC()).as("a string").isEqualTo("0742");
        assertThat(pix.paymentData().payer().routingNumberISPB()).isEqualTo("60701190");
        assertThat(pix.paymentData().receiver()).isNull();
        assertThat(row(page.results().get(2)).id()).isEqualTo("b0e3");
        assertThat(row(page.results().get(3))).isEqualTo(EMPTY);
        JsonNode nothing = page.results().get(4);
        assertThat(nothing == null || nothing.isNull()).isTrue();
        assertThat(page.results().get(5).isTextual()).isTrue();
    }

    @Test
    void theLastPageHasNoNext() throws Exception {
        assertThat(PluggyJson.MAPPER
                        .readValue("{\"results\":[],\"next\":null}", Cursored.class)
                        .next())
                .isNull();
        assertThat(PluggyJson.MAPPER.readValue("{}", Cursored.class).results()).isNull();
    }

    @Test
    void requestsHoldOnlyWhatIsAskedFor() throws Exception {
        assertThat(PluggyJson.MAPPER.writeValueAsString(
                        new ConnectTokenRequest(null, new ConnectTokenRequest.Options("acme/ana", null, null, true))))
                .isEqualTo("{\"options\":{\"clientUserId\":\"acme/ana\",\"avoidDuplicates\":true}}");
        assertThat(PluggyJson.MAPPER.writeValueAsString(new ClientKeys("id", "s3cret")))
                .isEqualTo("{\"clientId\":\"id\",\"clientSecret\":\"s3cret\"}");
    }

    @Test
    void whatIsSecretIsNotInTheTextOfARecord() {
        assertThat(List.of(new ClientKeys("id", "s3cret"), new ApiKey("s3cret"), new ConnectToken("s3cret")))
                .allSatisfy(secret -> assertThat(secret.toString()).doesNotContain("s3cret"));
    }

    private static PluggyTransaction row(JsonNode row) throws IOException {
        return PluggyJson.MAPPER.treeToValue(row, PluggyTransaction.class);
    }

    private static <T> T read(String sample, Class<T> type) throws IOException {
        return PluggyJson.MAPPER.readValue(sample(sample), type);
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = PluggyJsonTest.class.getResourceAsStream("/pluggy/" + name + ".json")) {
            return in.readAllBytes();
        }
    }
}
