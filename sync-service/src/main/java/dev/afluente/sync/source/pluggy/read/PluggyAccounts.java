package dev.afluente.sync.source.pluggy.read;

import dev.afluente.model.pluggy.PluggyAccount;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccount.Credit;
import dev.afluente.sync.source.account.SourceAccount.Printed;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.stream.Stream;

/** Pluggy's accounts in the ledger's words. */
public final class PluggyAccounts {
    private static final int DAY_LENGTH = 10;
    private static final int TRANSFER_PARTS = 3;

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

    /** {@code transferNumber} is COMPE/branch/account, as for a TED. */
    private static Printed printed(PluggyAccount account) {
        String transfer = account.bankData() == null ? null : account.bankData().transferNumber();
        String[] parts = transfer == null ? new String[0] : transfer.split("/", -1);
        return parts.length == TRANSFER_PARTS
                ? new Printed(account.taxNumber(), parts[0], parts[1], parts[2])
                : new Printed(account.taxNumber(), null, null, account.number());
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
