package dev.afluente.sandbox.account;

import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.collected.Overlay;
import dev.afluente.sandbox.collected.RowChanges;
import dev.afluente.sandbox.collected.Rows;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes the rows of an account as a bank does, and moves its balance by exactly what the rows moved. Which rows are
 * taken follows from the account's key and its history. Changes of one account must not overlap in time.
 */
@Singleton
public class BankChanges {

    private final Accounts accounts;
    private final BankClock clock;

    public BankChanges(Accounts accounts, BankClock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /** What was done, by the ids under which the rows were or are shown. */
    public record Applied(
            Account before,
            Account after,
            List<String> created,
            List<String> updated,
            List<String> deleted,
            Instant at) {

        public boolean isReissued() {
            return before.overlay().generation() != after.overlay().generation();
        }
    }

    /** Applies the ask to one account and re-issues, where asked, the ids of all accounts of the item. */
    public synchronized List<Applied> apply(String itemId, Ask ask) {
        List<Account> all = accounts.ofItem(itemId);
        Account target = ask.accountId() == null ? all.get(0) : accounts.get(ask.accountId());
        var applied = new ArrayList<Applied>();
        for (Account account : all) {
            if (account.id().equals(target.id())) {
                applied.add(change(account, ask));
            } else if (ask.reissueIds()) {
                applied.add(change(account, new Ask(null, 0, 0, 0, 0, false, true)));
            }
        }
        applied.forEach(one -> accounts.put(one.after()));
        return applied;
    }

    private Applied change(Account account, Ask ask) {
        Instant now = clock.now();
        Overlay overlay = account.overlay();
        var draw = new Draw(~account.book().key(), overlay.revision());
        var changes = new RowChanges(accounts.rows(account), overlay, draw, now);
        if (ask.postPending()) {
            changes.postPending(account.book().openFinance());
        }
        changes.remove(ask.remove());
        changes.change(ask.change());
        changes.add(ask.add(), false, clock.bankNow());
        changes.add(ask.addPending(), true, clock.bankNow());
        RowChanges.Done done = changes.done();
        Account changed = account.with(done.overlay(), account.balance(), now);
        BigDecimal balance = account.balance().add(moved(account, changed, done));
        Overlay last = ask.reissueIds() ? done.overlay().reissued(now) : done.overlay();
        Account after = account.with(last, balance, now);
        return new Applied(
                account,
                after,
                ids(after, done.created()),
                ids(after, done.updated()),
                ids(account, done.deleted()),
                now);
    }

    private List<String> ids(Account account, List<Long> slots) {
        return slots.stream().map(slot -> accounts.transactionId(account, slot)).toList();
    }

    private BigDecimal moved(Account before, Account after, RowChanges.Done done) {
        Set<Long> touched = new HashSet<>(done.created());
        touched.addAll(done.updated());
        touched.addAll(done.deleted());
        Rows old = accounts.rows(before);
        Rows fresh = accounts.rows(after);
        BigDecimal moved = BigDecimal.ZERO;
        for (long slot : touched) {
            moved = moved.add(weight(fresh, slot, after)).subtract(weight(old, slot, before));
        }
        return moved;
    }

    /** A bank account's balance holds what is booked; a card's also what stands on the open bill. */
    private static BigDecimal weight(Rows rows, long slot, Account account) {
        return rows.find(slot)
                .map(Rows.Collected::row)
                .filter(row -> account.face().isCard() || !row.pending())
                .map(row -> row.money().booked())
                .orElse(BigDecimal.ZERO);
    }
}
