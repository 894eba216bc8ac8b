package dev.afluente.sync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.identity.Recognition.Known;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccount.Credit;
import dev.afluente.sync.source.account.SourceAccount.Printed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Providers tell more or less of an account from one time to the next; it is the same, and no other is. */
class RecognitionTest {
    private static final UUID ACCOUNT = new UUID(0, 1);
    private static final String ANA = "123.456.789-09";
    private static final String RUI = "987.654.321-00";

    private final AccountIdentity identity = new AccountIdentity(
            new IdentityKey(Optional.of("YWZsdWVudGUgdGVzdHMgaGF2ZSB0aGlzIG9uZSBrZXk="), Optional.empty()));
    private final List<Known> known = new ArrayList<>();
    private String printed;

    @Test
    void atOneBankBranchAndNumberAreAnAccountHoweverMuchElseIsTold() {
        for (String holder : new String[] {ANA, null, "***.456.789-**"}) {
            for (String code : new String[] {"001", null, "000"}) {
                known.clear();
                reads(ACCOUNT, told(holder, code, "0001", "12345-0"), "Banco");
                assertThat(isIt(told(ANA, "001", "1", "0123450"), "BANCO")).isTrue();
                assertThat(isIt(told(null, null, "0001", "12345-0"), "banco")).isTrue();
                assertThat(isIt(told("12345678909", null, "0001", "12345-0"), "Banco"))
                        .isTrue();
            }
        }
    }

    @Test
    void theBanksCodeSaysMoreThanItsName() {
        reads(ACCOUNT, told(ANA, "001", "0001", "12345-0"), "Banco");
        assertThat(isIt(told(ANA, "001", "0001", "12345-0"), "Banco S.A.")).isTrue();
        assertThat(isIt(told(ANA, "033", "0001", "12345-0"), "Banco")).isFalse();
        assertThat(isIt(told(ANA, "00000000", "0001", "12345-0"), "Banco"))
                .as("a COMPE code and an ISPB cannot be compared")
                .isTrue();
    }

    @Test
    void aNumberAtAnotherBankIsAnotherAccount() {
        reads(ACCOUNT, told(ANA, null, "0001", "12345-0"), "Banco");
        assertThat(isIt(told(ANA, null, "0001", "12345-0"), "Outro")).isFalse();
        assertThat(isIt(told(ANA, "001", "0001", "12345-0"), "Outro")).isFalse();
        assertThat(isIt(told(ANA, null, "0001", "12345-0"), "")).isFalse();
        known.clear();
        reads(ACCOUNT, told(ANA, "000", "0001", "12345-0"), "Banco");
        assertThat(isIt(told(ANA, "000", "0001", "12345-0"), "Outro")).isFalse();
        known.clear();
        reads(ACCOUNT, told(ANA, null, "0001", "12345-0"), "");
        assertThat(isIt(told(ANA, null, "0001", "12345-0"), "")).isFalse();
    }

    @Test
    void anotherHolderIsAnotherAccountAlsoWhenTheLastSourceToldNone() {
        reads(ACCOUNT, told(ANA, "001", "0001", "12345-0"), "Banco");
        reads(ACCOUNT, told(null, "001", "0001", "12345-0"), "Banco");
        assertThat(isIt(told(RUI, "001", "0001", "12345-0"), "Banco")).isFalse();
        assertThat(isIt(told(ANA, "001", "0001", "12345-0"), "Banco")).isTrue();
    }

    @Test
    void betweenTwoHoldersNobodyIsTaken() {
        UUID other = new UUID(0, 2);
        reads(ACCOUNT, told(ANA, "001", "0001", "12345-0"), "Banco");
        reads(other, told(RUI, "001", "0001", "12345-0"), "Banco");
        assertThat(Recognition.of(identity.of(told(null, null, "0001", "12345-0"), "Banco"), known))
                .containsExactlyInAnyOrder(ACCOUNT, other);
        assertThat(Recognition.of(identity.of(told(RUI, null, "0001", "12345-0"), "Banco"), known))
                .containsExactly(other);
    }

    @Test
    void anotherKindBranchNumberOrCurrencyHasNothingInCommon() {
        String one = marks(told(ANA, "001", "0001", "12345-0"));
        assertThat(one)
                .isNotEqualTo(marks(told(ANA, "001", "0002", "12345-0")))
                .isNotEqualTo(marks(told(ANA, "001", "0001", "12345-1")))
                .isNotEqualTo(marks(account(
                        "SAVINGS_ACCOUNT",
                        "BRL",
                        told(ANA, "001", "0001", "12345-0").printed())))
                .isNotEqualTo(marks(account(
                        "CHECKING_ACCOUNT",
                        "USD",
                        told(ANA, "001", "0001", "12345-0").printed())));
        assertThat(marks(told(ANA, "001", null, "12345-0"))).isNull();
        assertThat(marks(told(ANA, "001", "0001", ""))).isNull();
    }

    @Test
    void aCardIsItsIssuersWhetherOrNotItsHolderIsTold() {
        reads(ACCOUNT, card(null, "xxxx1234"), "Banco");
        assertThat(isIt(card(ANA, "1234"), "Banco")).isTrue();
        assertThat(isIt(card(ANA, "1235"), "Banco")).isFalse();
        assertThat(isIt(card(ANA, "1234"), "Outro")).isFalse();
        reads(ACCOUNT, card(ANA, "1234"), "Banco");
        assertThat(isIt(card(RUI, "1234"), "Banco")).isFalse();
    }

    private void reads(UUID account, SourceAccount told, String institution) {
        Marks marks = identity.of(told, institution);
        printed = marks.printed();
        known.add(new Known(account, marks.holder(), marks.bankCode(), institution));
    }

    private boolean isIt(SourceAccount told, String institution) {
        Marks marks = identity.of(told, institution);
        return Objects.equals(marks.printed(), printed)
                && Recognition.of(marks, known).contains(ACCOUNT);
    }

    private String marks(SourceAccount told) {
        return identity.of(told, "Banco").printed();
    }

    private static SourceAccount told(String holder, String code, String branch, String number) {
        return account("CHECKING_ACCOUNT", "BRL", new Printed(holder, code, branch, number));
    }

    private static SourceAccount account(String kind, String currency, Printed printed) {
        return new SourceAccount("p", "BANK", kind, null, null, currency, null, null, printed);
    }

    private static SourceAccount card(String holder, String number) {
        Credit credit = new Credit(null, null, null, null, null, "VISA");
        return new SourceAccount(
                "p",
                "CREDIT",
                "CREDIT_CARD",
                null,
                number,
                "BRL",
                null,
                credit,
                new Printed(holder, null, null, number));
    }
}
