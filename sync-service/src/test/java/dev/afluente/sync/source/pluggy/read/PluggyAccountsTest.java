package dev.afluente.sync.source.pluggy.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.model.pluggy.wire.PluggyAccount;
import dev.afluente.sync.source.account.SourceAccount.Printed;
import org.junit.jupiter.api.Test;

/** Pluggy's document shows "0001/12345-0" in both fields; some connectors put the bank's code in front. */
class PluggyAccountsTest {
    @Test
    void branchAndNumberAreFoundWhereverTheyAreTold() {
        assertThat(printed("001/0001/12345-0", "12345-0")).isEqualTo(new Printed("cpf", "001", "0001", "12345-0"));
        assertThat(printed("0001/12345-0", "0001/12345-0")).isEqualTo(new Printed("cpf", null, "0001", "12345-0"));
        assertThat(printed("0001 / 12345-0", null)).isEqualTo(new Printed("cpf", null, "0001", "12345-0"));
        assertThat(printed(null, "0001/12345-0")).isEqualTo(new Printed("cpf", null, "0001", "12345-0"));
        assertThat(printed("12345-0", "0001/12345-0")).isEqualTo(new Printed("cpf", null, "0001", "12345-0"));
        assertThat(printed(null, "12345-0")).isEqualTo(new Printed("cpf", null, null, "12345-0"));
        assertThat(printed(null, null)).isEqualTo(new Printed("cpf", null, null, null));
    }

    private static Printed printed(String transferNumber, String number) {
        PluggyAccount.BankData bank = new PluggyAccount.BankData(transferNumber, null, null, null, null);
        return PluggyAccounts.readable(new PluggyAccount(
                        "id",
                        "item",
                        "BANK",
                        "CHECKING_ACCOUNT",
                        number,
                        null,
                        null,
                        null,
                        "cpf",
                        null,
                        "BRL",
                        bank,
                        null))
                .findFirst()
                .orElseThrow()
                .printed();
    }
}
