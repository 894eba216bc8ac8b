package dev.afluente.sandbox.account;

import dev.afluente.sandbox.collected.Rows;
import dev.afluente.sandbox.collected.TransactionIds;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.journal.Journal;
import dev.afluente.sandbox.movement.Statements;
import dev.afluente.sandbox.statement.Statement;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The accounts of all items. Any thread; a change of one account replaces it whole. */
@Startup
@Singleton
public class Accounts {

    private static final String KIND = "account";

    private final Journal journal;
    private final TransactionIds ids;
    private final Map<String, Account> byId = new ConcurrentHashMap<>();
    private final Map<Integer, String> idByNo = new ConcurrentHashMap<>();
    private final Map<String, Statement> statements = new ConcurrentHashMap<>();
    private final AtomicInteger lastNo = new AtomicInteger();

    public Accounts(Journal journal) {
        this.journal = journal;
        this.ids = new TransactionIds(journal.idKey());
    }

    @PostConstruct
    void restore() {
        journal.restore(KIND, Account.class).forEach(this::keep);
    }

    /** @throws PluggyError 404 ACCOUNT_NOT_FOUND */
    public Account get(String id) {
        Account account = byId.get(id);
        if (account == null) {
            throw PluggyError.notFound("ACCOUNT_NOT_FOUND", "account not found");
        }
        return account;
    }

    /** In the order of their opening: the bank account first. */
    public List<Account> ofItem(String itemId) {
        return byId.values().stream()
                .filter(account -> account.ref().itemId().equals(itemId))
                .sorted(Comparator.comparingInt(account -> account.ref().no()))
                .toList();
    }

    public Rows rows(Account account) {
        Statement statement = statements.computeIfAbsent(account.id(), id -> Statements.open(account.book()));
        return new Rows(statement, account.overlay());
    }

    /** The account and the place that a transaction id names, if it is one of the present generation. */
    public Optional<Located> locate(String transactionId) {
        return ids.decode(transactionId).flatMap(place -> {
            String accountId = idByNo.get(place.account());
            Account account = accountId == null ? null : byId.get(accountId);
            boolean present = account != null && account.overlay().generation() == place.generation();
            return present ? Optional.of(new Located(account, place.slot())) : Optional.empty();
        });
    }

    /** Where a transaction id points; the row may have been removed. */
    public record Located(Account account, long slot) {}

    public String transactionId(Account account, long slot) {
        return ids.encode(account.ref().no(), account.overlay().generation(), slot);
    }

    /** The slot that a cursor's transaction id names, whatever its generation; empty if it is not of this account. */
    public Optional<Long> slot(Account account, String transactionId) {
        return ids.decode(transactionId)
                .filter(place -> place.account() == account.ref().no())
                .map(TransactionIds.Place::slot);
    }

    int nextNo() {
        int no = lastNo.incrementAndGet();
        if (no >= TransactionIds.MAX_ACCOUNTS) {
            throw PluggyError.of(500, "INTERNAL_SERVER_ERROR", "The simulator has no room for more accounts");
        }
        return no;
    }

    public void put(Account account) {
        keep(account);
        journal.keep(KIND, account.id(), account);
    }

    public void remove(Collection<Account> accounts) {
        for (Account account : accounts) {
            byId.remove(account.id());
            idByNo.remove(account.ref().no());
            statements.remove(account.id());
            journal.drop(KIND, account.id());
        }
    }

    public void removeAll() {
        remove(List.copyOf(byId.values()));
    }

    private void keep(Account account) {
        byId.put(account.id(), account);
        idByNo.put(account.ref().no(), account.id());
        lastNo.accumulateAndGet(account.ref().no(), Math::max);
    }
}
