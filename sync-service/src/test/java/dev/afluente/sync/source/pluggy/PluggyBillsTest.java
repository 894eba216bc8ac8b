package dev.afluente.sync.source.pluggy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.pluggy.PluggyClient;
import dev.afluente.model.pluggy.PluggyConfig;
import dev.afluente.model.pluggy.PluggyPages.ApiKey;
import dev.afluente.model.pluggy.PluggyPages.Numbered;
import dev.afluente.model.pluggy.PluggySession;
import dev.afluente.model.pluggy.wire.PluggyJson;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.SourcePage.SetAside;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.bill.SourceBill;
import dev.afluente.sync.source.bill.SourceBills;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ProcessingException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluggyBillsTest {
    private static final SourceAccount CARD =
            new SourceAccount("card", "CREDIT", null, null, null, "BRL", null, null, SourceAccount.Printed.NOTHING);

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void aBillIsReadWhole() {
        SourceBill bill = read(page -> page(1, """
            {"id": "a", "dueDate": "2026-04-05T03:00:00.000Z", "billClosingDate": "2026-03-28T00:00:00",
             "totalAmount": 1205.5, "totalAmountCurrencyCode": "BRL", "minimumPaymentAmount": 180.83,
             "allowsInstallments": true, "unknown": {},
             "financeCharges": [{"id": "x", "type": "IOF", "amount": 20.51, "currencyCode": "BRL",
                                 "additionalInfo": "NA"}, null],
             "payments": [{"id": "y", "valueType": "FULL_PAYMENT", "paymentDate": "2026-04-04",
                           "paymentMode": "PIX", "amount": 1205.5, "currencyCode": "BRL"}]}\
            """)).bills().get(0);

        assertThat(bill)
                .isEqualTo(new SourceBill(
                        "a",
                        LocalDate.parse("2026-03-28"),
                        LocalDate.parse("2026-04-05"),
                        new BigDecimal("1205.50"),
                        "BRL",
                        new BigDecimal("180.83"),
                        true,
                        List.of(new SourceBill.Charge("IOF", new BigDecimal("20.51"), "BRL", "NA")),
                        List.of(new SourceBill.Payment(
                                "FULL_PAYMENT",
                                "PIX",
                                LocalDate.parse("2026-04-04"),
                                new BigDecimal("1205.50"),
                                "BRL"))));
    }

    @Test
    void everyPageIsReadAndTheFirstIsAskedForWithoutANumber() {
        assertThat(read(page -> page(3, bill("bill " + page))).bills())
                .extracting(SourceBill::providerId)
                .containsExactly("bill null", "bill 2", "bill 3");
        assertThat(asked).containsExactly(null, 2, 3);
    }

    @Test
    void aProviderThatDoesNotKnowPagesIsNotAskedForever() {
        assertThat(read(page -> page(1_000, bill("the same"))).bills()).hasSize(1);
        assertThat(asked).containsExactly(null, 2);
    }

    @Test
    void anEndlessListHasAnEnd() {
        assertThat(read(page -> page(1_000_000, bill("bill " + page))).bills()).hasSize(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"dueDate\": \"2026-04-05\", \"totalAmount\": 1} | missing_id",
                "{\"id\": \"b\", \"totalAmount\": 1} | missing_date",
                "{\"id\": \"b\", \"dueDate\": \"soon\", \"totalAmount\": 1} | missing_date",
                "{\"id\": \"b\", \"dueDate\": \"2026-04-05\"} | missing_amount",
                "{\"id\": \"b\", \"dueDate\": \"2026-04-05\", \"totalAmount\": 1e99} | absurd_amount",
                "{\"id\": \"b\", \"dueDate\": \"2026-04-05\", \"totalAmount\": \"much\"} | wrong_type",
                "{\"id\": \"b\", \"dueDate\": \"2026-04-05\", \"totalAmount\": 1, \"payments\": 7} | wrong_type",
                "{\"id\": \"b\", \"dueDate\": \"2026-04-05\", \"totalAmount\": 1, \"totalAmountCurrencyCode\": \"??\"}"
                        + " | unknown_currency"
            })
    void aBillThatCannotBeReadIsSetAsideAndCostsTheOthersNothing(String bad, String reason) {
        SourceBills read = read(page -> page(1, bill("good"), bad));

        assertThat(read.bills()).extracting(SourceBill::providerId).containsExactly("good");
        assertThat(read.setAside()).extracting(SetAside::reason).containsExactly(reason);
    }

    @Test
    void whatThePortNamesIsWhatItFailsWith() {
        assertThatThrownBy(() -> read(page -> {
                    throw new ProcessingException("reset");
                }))
                .isInstanceOf(SourceFailure.Unavailable.class);
        assertThat(read(page -> new Numbered<>(1, 0, 0, null)).bills()).isEmpty();
    }

    private SourceBills read(Function<Integer, Numbered<JsonNode>> pluggy) {
        PluggyClient client = (PluggyClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PluggyClient.class}, (proxy, method, values) -> {
                    if (method.getName().equals("authenticate")) {
                        return Uni.createFrom().item(new ApiKey("key"));
                    }
                    asked.add((Integer) values[2]);
                    return Uni.createFrom().item(pluggy.apply((Integer) values[2]));
                });
        return new PluggyBills(new PluggySession(client, new Keys()))
                .bills(CARD)
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private static Numbered<JsonNode> page(int pages, String... bills) {
        return new Numbered<>(
                1,
                bills.length,
                pages,
                Arrays.stream(bills).map(PluggyBillsTest::json).toList());
    }

    private static String bill(String id) {
        return "{\"id\": \"" + id + "\", \"dueDate\": \"2026-04-05\", \"totalAmount\": 1}";
    }

    private static JsonNode json(String text) {
        try {
            return PluggyJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private record Keys() implements PluggyConfig {
        @Override
        public String url() {
            return "http://127.0.0.1";
        }

        @Override
        public Optional<String> clientId() {
            return Optional.of("id");
        }

        @Override
        public Optional<String> clientSecret() {
            return Optional.of("secret");
        }

        @Override
        public Duration keyRenewal() {
            return Duration.ofHours(1);
        }
    }
}
