package dev.afluente.sync.source.pluggy.read;

import dev.afluente.model.pluggy.wire.PluggyAccount;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccount.Credit;
import dev.afluente.sync.source.account.SourceAccount.Printed;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.stream.Stream;

/** Pluggy's accounts in the ledger's words. */
public final class PluggyAccounts {
    private static final int DAY_LENGTH = 10;
    private static final int WITH_BANK = 3;
    private static final int WITHOUT_BANK = 2;

    private PluggyAccounts() {}

    /** Returns the account, or nothing when it lacks an id or a currency: nothing could ever be booked on it. */
    static Stream<SourceAccount> readable(PluggyAccount account) {
        if (account.id() == null || account.currencyCode() == null) {
            return Stream.empty();
        }
        boolean card = "CREDIT".equals(account.type());
        return Stream.of(new SourceAccount(
                account.id(),
                card ? "CREDIT" : "BANK",
                account.subtype(),
                account.name() == null ? account.marketingName() : account.name(),
                account.number(),
                account.currencyCode(),
                account.balance(),
                card && account.creditData() != null ? credit(account.creditData()) : null,
                printed(account)));
    }

    /**
     * {@code transferNumber} is branch/account in Pluggy's document, with the bank's COMPE code in front where its
     * connector tells it; {@code number} is often branch/account too.
     */
    private static Printed printed(PluggyAccount account) {
        String holder = account.taxNumber();
        String[] whole =
                parts(account.bankData() == null ? null : account.bankData().transferNumber());
        if (whole.length == WITH_BANK) {
            return new Printed(holder, whole[0], whole[1], whole[2]);
        }
        String[] some = whole.length == WITHOUT_BANK ? whole : parts(account.number());
        return some.length == WITHOUT_BANK
                ? new Printed(holder, null, some[0], some[1])
                : new Printed(holder, null, null, account.number());
    }

    private static String[] parts(String text) {
        return text == null
                ? new String[0]
                : Stream.of(text.split("/", -1)).map(String::strip).toArray(String[]::new);
    }

    private static Credit credit(PluggyAccount.CreditData data) {
        return new Credit(
                data.creditLimit(),
                data.availableCreditLimit(),
                data.minimumPayment(),
                day(data.balanceCloseDate()),
                day(data.balanceDueDate()),
                data.brand());
    }

    /** Seen as a plain day and as an instant; either way the day is what is written first. */
    public static LocalDate day(String text) {
        try {
            return text == null || text.length() < DAY_LENGTH ? null : LocalDate.parse(text.substring(0, DAY_LENGTH));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
