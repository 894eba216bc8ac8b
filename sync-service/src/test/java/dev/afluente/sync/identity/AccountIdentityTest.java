package dev.afluente.sync.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccount.Credit;
import dev.afluente.sync.source.account.SourceAccount.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountIdentityTest {
    private static final String KEY = "YWZsdWVudGUgdGVzdHMgaGF2ZSB0aGlzIG9uZSBrZXk=";
    private static final Printed PRINTED = new Printed("123.456.789-09", "001", "0123", "0012345-X");

    private final AccountIdentity identity = new AccountIdentity(new IdentityKey(Optional.of(KEY), Optional.empty()));

    @Test
    void anAccountIsTheSameWhoeverWritesItsNumbers() {
        assertThat(of(new Printed("12345678909", "001", "123", "12345x")))
                .isNotNull()
                .isEqualTo(of(PRINTED));
    }

    @Test
    void anotherBranchNumberBankOrHolderIsAnotherAccount() {
        assertThat(of(PRINTED))
                .isNotEqualTo(of(new Printed("12345678909", "001", "124", "12345X")))
                .isNotEqualTo(of(new Printed("12345678909", "001", "123", "12346X")))
                .isNotEqualTo(of(new Printed("12345678909", "033", "123", "12345X")))
                .isNotEqualTo(of(new Printed("98765432100", "001", "123", "12345X")));
    }

    @Test
    void tooLittleIsNoIdentity() {
        assertThat(of(new Printed(null, "001", "123", "12345X"))).isNull();
        assertThat(of(new Printed("12345678909", null, null, "12345X"))).isNull();
        assertThat(identity.of(card("1", "VISA"), "Banco").identity()).isNull();
        assertThat(identity.of(card("xxxx 1234", null), "Banco").identity()).isNull();
        assertThat(identity.of(card("xxxx 1234", "VISA"), "").identity()).isNull();
    }

    @Test
    void aCardIsItsBrandLastDigitsAndIssuer() {
        assertThat(identity.of(card("5123 **** **** 1234", "VISA"), "Banco"))
                .isEqualTo(identity.of(card("1234", "Visa"), "BANCO"))
                .isNotEqualTo(identity.of(card("1234", "Visa"), "Outro"));
    }

    /** Ledgers hold it: whatever else is made of an account, this must come out as it always did. */
    @Test
    void theWholeAsLedgersHoldItNeverChanges() {
        assertThat(of(PRINTED)).isEqualTo("To65ctnX1q0syT5PzP3MDllCCLcVwYcheA2rN_8RuDk");
        assertThat(identity.of(card("1234", "VISA"), "Banco").identity())
                .isEqualTo("hRkZp51yNw2iGzes91jiALpTVM9akQqd1ZSNcgtZFI0");
    }

    @Test
    void withoutAKeyOrWithTwoOrAWrongOneThereIsNoStart(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), "# made once\nlocal-1:" + KEY + "\n");

        assertThat(new IdentityKey(Optional.empty(), Optional.of(file.toString())).hash("x"))
                .isEqualTo(new IdentityKey(Optional.of(KEY), Optional.empty()).hash("x"));
        assertThatThrownBy(() -> new IdentityKey(Optional.empty(), Optional.empty()))
                .hasMessageContaining("afluente.identity.key");
        assertThatThrownBy(() -> new IdentityKey(Optional.of(KEY), Optional.of(file.toString())))
                .hasMessageContaining("afluente.identity.key");
        assertThatThrownBy(() -> new IdentityKey(Optional.of("c2hvcnQ="), Optional.empty()))
                .hasMessageContaining("32 bytes");
    }

    private String of(Printed printed) {
        return identity.of(
                        new SourceAccount("p", "BANK", "CHECKING_ACCOUNT", null, null, "BRL", null, null, printed),
                        "any")
                .identity();
    }

    private static SourceAccount card(String number, String brand) {
        return new SourceAccount(
                "p",
                "CREDIT",
                null,
                null,
                number,
                "BRL",
                null,
                new Credit(null, null, null, null, null, brand),
                Printed.NOTHING);
    }
}
