package dev.afluente.sync.source.pluggy.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.afluente.model.pluggy.PluggyPages.Cursored;
import dev.afluente.model.pluggy.wire.PluggyJson;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.SourcePage.SetAside;
import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.source.account.SourceAccount;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluggyRowsTest {
    private static final SourceAccount CHECKING = account("BANK");
    private static final SourceAccount CARD = account("CREDIT");
    private static final String GOOD = """
            {"id": "t1", "date": "2026-03-09T03:00:00.000Z", "amount": -120.5, "currencyCode": "BRL"}""";

    @Test
    void readsAnOrdinaryRow() {
        SourceTransaction row = only(CHECKING, """
                {"id": "t1", "date": "2026-03-09T02:59:59.999Z", "description": "PIX  Padaria São José",
                 "amount": -12.5, "currencyCode": "BRL", "type": "DEBIT", "status": "POSTED",
                 "category": "Food", "categoryId": "11000000",
                 "paymentData": {"paymentMethod": "PIX",
                    "payer": {"name": "Ana", "documentNumber": {"type": "CPF", "value": "111"}},
                    "receiver": {"name": "Padaria", "documentNumber": {"type": "CNPJ", "value": "222"}}},
                 "merchant": {"businessName": "PADARIA LTDA", "cnpj": "222"}, "somethingNew": {"a": [1]}}""");

        assertThat(row.amount()).isEqualTo(new BigDecimal("-12.50"));
        assertThat(row.bookingDay()).isEqualTo(LocalDate.of(2026, 3, 8));
        assertThat(row.type()).isEqualTo("DEBIT");
        assertThat(row.payment().counterpartyName()).isEqualTo("Padaria");
        assertThat(row.payment().counterpartyDocument()).isEqualTo("222");
        assertThat(row.payment().merchantName()).isEqualTo("PADARIA LTDA");
        assertThat(row.category().id()).isEqualTo("11000000");
    }

    @Test
    void theDayChangesAtMidnightInSaoPaulo() {
        assertThat(only(CHECKING, GOOD).bookingDay()).isEqualTo(LocalDate.of(2026, 3, 9));
    }

    @ParameterizedTest
    @CsvSource({
        "BANK, -120.50, DEBIT, -120.50, DEBIT",
        "BANK, 120.50, CREDIT, 120.50, CREDIT",
        "BANK, -1.00, CREDIT, -1.00, DEBIT",
        "CREDIT, 120.50, DEBIT, -120.50, DEBIT",
        "CREDIT, -900.00, CREDIT, 900.00, CREDIT",
        "CREDIT, 120.50, CREDIT, -120.50, DEBIT",
        "BANK, 0, CREDIT, 0.00, CREDIT",
        "BANK, 0.000, whatever, 0.00, DEBIT"
    })
    void moneyOutIsNegativeForAccountsAndCardsAlike(
            String account, BigDecimal stated, String type, BigDecimal booked, String bookedType) {
        SourceTransaction row = only(account(account), """
                {"id": "t", "date": "2026-03-09T03:00:00.000Z", "amount": %s, "currencyCode": "BRL", "type": "%s"}""".formatted(stated, type));

        assertThat(row.amount()).isEqualTo(booked);
        assertThat(row.type()).isEqualTo(bookedType);
        assertThat(row.providerAmount()).isEqualByComparingTo(stated);
    }

    @Test
    void aForeignPurchaseKeepsBothCurrencies() {
        SourceTransaction row = only(CARD, """
                {"id": "t", "date": "2026-03-09T03:00:00.000Z", "amount": 20, "currencyCode": "USD",
                 "amountInAccountCurrency": 108.4567}""");

        assertThat(row.amount()).isEqualTo(new BigDecimal("-108.4567"));
        assertThat(row.currency()).isEqualTo("BRL");
        assertThat(row.originalAmount()).isEqualTo(new BigDecimal("-20.00"));
        assertThat(row.originalCurrency()).isEqualTo("USD");
    }

    @Test
    void decimalsStayExact() {
        SourceTransaction row = only(CHECKING, """
                {"id": "t", "date": "2026-03-09T03:00:00.000Z", "amount": 12345678901234567.89, "currencyCode": "BRL"}""");

        assertThat(row.amount()).isEqualTo(new BigDecimal("12345678901234567.89"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'date': '2026-03-09T03:00:00.000Z', 'amount': 1} | missing_id",
                "{'id': '  ', 'date': '2026-03-09T03:00:00.000Z', 'amount': 1} | missing_id",
                "{'id': 't', 'amount': 1} | missing_date",
                "{'id': 't', 'date': null, 'amount': 1} | missing_date",
                "{'id': 't', 'date': 'yesterday', 'amount': 1} | wrong_type",
                "{'id': 't', 'date': '0001-01-01T00:00:00.000Z', 'amount': 1} | absurd_date",
                "{'id': 't', 'date': '2026-03-09T03:00:00.000Z'} | missing_amount",
                "{'id': 't', 'date': '2026-03-09T03:00:00.000Z', 'amount': 'twelve'} | wrong_type",
                "{'id': 't', 'date': '2026-03-09T03:00:00.000Z', 'amount': 1e400} | absurd_amount",
                "{'id': 't', 'date': '2026-03-09T03:00:00.000Z', 'amount': 1, 'currencyCode': 'REAIS'} | unknown_currency",
                "{'id': 't', 'date': '2026-03-09T03:00:00.000Z', 'amount': 1, 'currencyCode': []} | wrong_type",
                "{'id': 't', 'date': '2026-03-09T03:00:00.000Z', 'amount': 1, 'amountInAccountCurrency': 'x'} | wrong_type",
                "{'id': {'a': 1}, 'date': '2026-03-09T03:00:00.000Z', 'amount': 1} | wrong_type",
                "[1, 2] | wrong_type",
                "'text' | wrong_type",
                "null | null_row"
            })
    void aBadRowIsSetAsideWithItsReasonAndTheRestLands(String bad, String reason) {
        SourcePage page = read(CHECKING, GOOD + ", " + bad.replace('\'', '"'));

        assertThat(page.rows()).hasSize(1);
        assertThat(page.setAside()).extracting(SetAside::reason).containsExactly(reason);
        assertThat(page.setAside().get(0).key()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'creditCardMetadata': {'purchaseDate': '0001-01-01T00:00:00.000Z', 'billId': 'b'}",
                "'creditCardMetadata': {'purchaseDate': '+999999999-01-01T00:00:00Z', 'billId': 'b'}",
                "'creditCardMetadata': {'purchaseDate': 'last week', 'installmentNumber': [1], 'billId': 'b'}",
                "'creditCardMetadata': {'totalAmount': 'much', 'installmentNumber': 99999999999, 'billId': 'b'}",
                "'creditCardMetadata': {'totalAmount': 1e999999, 'billId': 'b'}, 'paymentData': 'PIX'",
                "'creditCardMetadata': {'billId': 'b'}, 'paymentData': {'payer': {'documentNumber': [{}]}, 'receiver': 7}",
                "'creditCardMetadata': {'billId': 'b'}, 'merchant': [1], 'category': {}, 'status': [], 'type': {'a': []}",
                "'creditCardMetadata': {'billId': 'b'}, 'description': [1, 2], 'createdAt': 'soon', 'updatedAt': {}"
            })
    void whatIsAdditionalCostsOnlyItself(String additional) {
        SourceTransaction row = only(CARD, GOOD.replace("\"id\"", additional.replace('\'', '"') + ", \"id\""));

        assertThat(row.providerId()).isEqualTo("t1");
        assertThat(row.amount()).isEqualTo(new BigDecimal("120.50"));
        assertThat(row.card().billId()).isEqualTo("b");
        assertThat(row.card().purchaseDay()).isNull();
        assertThat(row.card().installmentNumber()).isNull();
        assertThat(row.card().purchaseTotal()).isNull();
        assertThat(row.description()).isEmpty();
        assertThat(row.status()).isEqualTo("POSTED");
    }

    @Test
    void unknownStatusIsPostedAndUnknownEnumerationsCostNothing() {
        SourceTransaction row = only(CHECKING, """
                {"id": "t", "date": "2026-03-09T03:00:00.000Z", "amount": 1, "status": "SOMETHING_NEW", "type": "OTHER"}""");

        assertThat(row.status()).isEqualTo("POSTED");
        assertThat(row.type()).isEqualTo("CREDIT");
        assertThat(row.description()).isEmpty();
    }

    @Test
    void aRowThatComesTwiceInAPageIsTheLaterOne() {
        SourcePage page = read(CHECKING, GOOD + ", " + GOOD.replace("-120.5", "-7"));

        assertThat(page.rows()).extracting(SourceTransaction::amount).containsExactly(new BigDecimal("-7.00"));
    }

    @Test
    void textThatPostgresqlCannotKeepIsCleaned() {
        SourceTransaction row = only(CHECKING, GOOD.replace("\"id\"", "\"description\": \"a\\u0000b\", \"id\""));

        assertThat(row.description()).isEqualTo("ab");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "?accountId=a&after=MjAy+Ni0w, MjAy+Ni0w",
                "?accountId=a&after=MjAy%2BNi0w%3D%3D, MjAy+Ni0w==",
                "?after=abc==&accountId=a, abc==",
                "?accountId=a, null",
                "https://evil.example/x?after=abc, abc",
                "null, null"
            })
    void onlyTheCursorIsTakenFromNext(String next, String cursor) {
        assertThat(new PluggyRows(CHECKING).read(new Cursored(null, next)).next())
                .isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-10T09:15:02.123456Z", "2026-03-10T09:15:02.123Z"})
    void instantsAreAskedForAsPluggyWritesThem(Instant instant) {
        assertThat(PluggyRows.instant(instant)).isEqualTo("2026-03-10T09:15:02.123Z");
    }

    private static SourceTransaction only(SourceAccount account, String row) {
        SourcePage page = read(account, row);
        assertThat(page.setAside()).isEmpty();
        return page.rows().get(0);
    }

    private static SourcePage read(SourceAccount account, String rows) {
        try {
            Cursored page = PluggyJson.MAPPER.readValue("{\"results\": [" + rows + "]}", Cursored.class);
            return new PluggyRows(account).read(page);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static SourceAccount account(String type) {
        return new SourceAccount(
                "acc", type, null, "Conta", "1", "BRL", BigDecimal.ONE, null, SourceAccount.Printed.NOTHING);
    }

    /** PostgreSQL would give back another id, and the row would be taken for one that has gone. */
    @Test
    void anIdThatCannotBeStoredAsItIsIsSetAside() {
        SourcePage page = read(CHECKING, GOOD.replace("t1", "\\ud800") + "," + GOOD.replace("t1", "a\\u0000b"));

        assertThat(page.rows()).isEmpty();
        assertThat(page.setAside()).hasSize(2).allSatisfy(row -> {
            assertThat(row.reason()).isEqualTo("missing_id");
            assertThat(row.key()).hasSize(36);
        });
    }
}
