package dev.afluente.sandbox.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.account.Account;
import dev.afluente.sandbox.account.AccountNews;
import dev.afluente.sandbox.account.AccountOpening;
import dev.afluente.sandbox.account.Accounts;
import dev.afluente.sandbox.account.Ask;
import dev.afluente.sandbox.account.BankChanges;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.item.Item;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Reads the bank at the end of an execution: opens the accounts, or takes over what the bank has changed since. */
@Singleton
public class Collector {

    private final Accounts accounts;
    private final AccountOpening opening;
    private final BankChanges changes;
    private final AccountNews news;
    private final QueuedChanges queued;
    private final Connectors connectors;
    private final int rowsPerSync;

    public Collector(
            Accounts accounts,
            AccountOpening opening,
            BankChanges changes,
            AccountNews news,
            QueuedChanges queued,
            Connectors connectors,
            SandboxConfig config) {
        this.accounts = accounts;
        this.opening = opening;
        this.changes = changes;
        this.news = news;
        this.queued = queued;
        this.connectors = connectors;
        this.rowsPerSync = config.items().rowsPerSync();
    }

    /** Changes the accounts at once; the result sends the {@code transactions/*} notifications when run. */
    Runnable collect(Item item, Outcome outcome) {
        List<Account> opened = open(item, outcome);
        List<BankChanges.Applied> applied = new ArrayList<>();
        if (opened.isEmpty()) {
            for (JsonNode ask : queued.take(item.id())) {
                applied.addAll(changes.apply(item.id(), Ask.parse(ask)));
            }
            if (rowsPerSync > 0) {
                applied.addAll(changes.apply(item.id(), Ask.toAdd(rowsPerSync)));
            }
        }
        return () -> {
            opened.forEach(account -> news.opened(item, account));
            applied.forEach(one -> news.changed(item, one));
        };
    }

    private List<Account> open(Item item, Outcome outcome) {
        List<Account> known = accounts.ofItem(item.id());
        int connector = item.origin().connectorId();
        var customer = new AccountOpening.Customer(
                item.id(),
                connector,
                item.origin().key(),
                outcome.rows(),
                connectors.get(connector).openFinance());
        var opened = new ArrayList<Account>();
        if (known.isEmpty()) {
            opened.addAll(opening.openBankAccounts(customer));
        }
        boolean hasCard = known.stream().anyMatch(account -> account.face().isCard());
        if (!hasCard && outcome.code().equals("SUCCESS")) {
            opened.add(opening.openCard(customer));
        }
        return opened;
    }
}
