package dev.afluente.sandbox.account;

import dev.afluente.sandbox.collected.Rows;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.webhook.Notifier;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells of an account's new, changed and removed rows; lists of ids come in chunks. */
@Singleton
public class AccountNews {

    /** Below the 500 ids that can be read at once. */
    private static final int CHUNK = 400;

    private final Accounts accounts;
    private final Notifier notifier;

    public AccountNews(Accounts accounts, Notifier notifier) {
        this.accounts = accounts;
        this.notifier = notifier;
    }

    public void opened(Item item, Account account) {
        created(item, account, accounts.rows(account).count(), account.overlay().collectedAt());
    }

    /** Removed rows first, then new ones, then corrections, as one collection finds them. */
    public void changed(Item item, BankChanges.Applied applied) {
        Account after = applied.after();
        if (applied.isReissued()) {
            deletedAll(item, applied.before());
            created(item, after, accounts.rows(after).count(), applied.at());
            return;
        }
        chunks(applied.deleted()).forEach(ids -> notifier.transactions(item, "transactions/deleted", after.id(), ids));
        if (!applied.created().isEmpty()) {
            created(item, after, applied.created().size(), applied.at());
        }
        chunks(applied.updated()).forEach(ids -> notifier.transactions(item, "transactions/updated", after.id(), ids));
    }

    private void created(Item item, Account account, int count, Instant from) {
        if (count > 0) {
            notifier.created(item, new Notifier.NewRows(account.id(), count, oldest(account, from), from));
        }
    }

    /** The earliest date among the rows collected since. */
    private String oldest(Account account, Instant createdFrom) {
        Rows rows = accounts.rows(account);
        if (!account.overlay().collectedAt().isBefore(createdFrom)) {
            return Json.time(rows.oldest());
        }
        Instant oldest = null;
        Rows.Walk walk = rows.walk(new Rows.Window(Long.MIN_VALUE, Long.MAX_VALUE, createdFrom, null));
        for (Rows.Collected row = walk.next(); row != null; row = walk.next()) {
            oldest = row.row().date();
        }
        return oldest == null ? null : Json.time(oldest);
    }

    private void deletedAll(Item item, Account before) {
        List<String> ids = new ArrayList<>(CHUNK);
        Rows.Walk walk = accounts.rows(before).walk(Rows.Window.ALL);
        for (long slot = walk.nextSlot(); slot >= 0; slot = walk.nextSlot()) {
            ids.add(accounts.transactionId(before, slot));
            if (ids.size() == CHUNK) {
                notifier.transactions(item, "transactions/deleted", before.id(), List.copyOf(ids));
                ids.clear();
            }
        }
        if (!ids.isEmpty()) {
            notifier.transactions(item, "transactions/deleted", before.id(), List.copyOf(ids));
        }
    }

    private static List<List<String>> chunks(List<String> ids) {
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            chunks.add(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
        }
        return chunks;
    }
}
