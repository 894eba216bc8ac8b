package dev.afluente.sandbox.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.afluente.sandbox.account.Account;
import dev.afluente.sandbox.account.AccountView;
import dev.afluente.sandbox.account.Accounts;
import dev.afluente.sandbox.collected.Rows;
import dev.afluente.sandbox.fault.Faults;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.item.Items;
import dev.afluente.sandbox.transaction.TransactionWriter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code GET /sandbox/ledger?item_id=}: every account and every row of an item as the bank knows them. Each account is
 * one moment. A million rows are written in slices of a few hundred, so the event loop and the memory stay free.
 */
@Singleton
public class LedgerRoutes {

    private final Api api;
    private final Items items;
    private final Accounts accounts;
    private final AccountView view;
    private final TransactionWriter writer;
    private final Faults faults;
    private final Vertx vertx;

    public LedgerRoutes(
            Api api,
            Items items,
            Accounts accounts,
            AccountView view,
            TransactionWriter writer,
            Faults faults,
            Vertx vertx) {
        this.api = api;
        this.items = items;
        this.accounts = accounts;
        this.view = view;
        this.writer = writer;
        this.faults = faults;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        api.control(router, HttpMethod.GET, "/sandbox/ledger", this::ledger);
    }

    private byte[] ledger(Call call) {
        String itemId = items.get(call.queryUuid("item_id")).id();
        new LedgerStream(this, call.context(), accounts.ofItem(itemId)).start();
        return null;
    }

    void next(Runnable slice) {
        vertx.getOrCreateContext().runOnContext(ignored -> slice.run());
    }

    Rows.Walk walk(Account account) {
        return accounts.rows(account).walk(Rows.Window.ALL);
    }

    /** The account's fields, and which of its rows have been served spoilt, and how. */
    void head(JsonGenerator out, Account account) throws IOException {
        var fields = view.of(account);
        fields.set("malformed", Json.tree(malformed(account)));
        fields.put("transactionsCount", accounts.rows(account).count());
        for (var field : fields.properties()) {
            out.writeFieldName(field.getKey());
            out.writeTree(field.getValue());
        }
    }

    private Map<String, String> malformed(Account account) {
        Map<String, String> mine = new TreeMap<>();
        faults.malformed().forEach((id, how) -> {
            if (accounts.locate(id)
                    .filter(at -> at.account().id().equals(account.id()))
                    .isPresent()) {
                mine.put(id, how);
            }
        });
        return mine;
    }

    /** Up to {@code most} rows; false at the end. */
    boolean rows(JsonGenerator out, Account account, Rows.Walk walk, int most) throws IOException {
        for (int i = 0; i < most; i++) {
            Rows.Collected row = walk.next();
            if (row == null) {
                return false;
            }
            writer.truth(out, account, row);
        }
        return true;
    }
}
