package dev.afluente.connections.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.provider.Bank;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorFilterTest {
    private final Bank bank = BankListTest.bank("Itaú São João");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, true",
                "personal_bank, itau, true, true",
                "-, ITAÚ SAO, -, true",
                "-, joao, -, true",
                "-, ' joão ', -, true",
                "-, bradesco, -, false",
                "BUSINESS_BANK, -, -, false",
                "-, -, false, false"
            })
    void comparesWithoutCaseAndAccents(String type, String name, Boolean openFinance, boolean let) {
        assertThat(new ConnectorFilter(type, name, openFinance).lets(bank)).isEqualTo(let);
    }

    @ParameterizedTest
    @CsvSource({"PERSONAL_BANK"})
    void aBankWithoutATypeFitsNoType(String type) {
        Bank odd = new Bank("1", "x", null, null, null, java.util.List.of(), false, false, false, Bank.Health.UNKNOWN);
        assertThat(new ConnectorFilter(type, null, null).lets(odd)).isFalse();
    }
}
