package dev.afluente.sandbox.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.account.Account;
import dev.afluente.sandbox.account.AccountNews;
import dev.afluente.sandbox.account.AccountOpening;
import dev.afluente.sandbox.account.Accounts;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.linking.ItemRoutes;
import dev.afluente.sandbox.webhook.Notifier;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * {@code POST /sandbox/items/{id}/relink}: the person connects the same bank again. A new item with the same accounts
 * and rows, all under new ids; the old item stays unless {@code delete_old} is true. {@code telling} says how much is told
 * of the accounts from now on.
 */
@Singleton
public class RelinkRoutes {

    private final Api api;
    private final ItemRoutes.Shelf shelf;
    private final AccountOpening opening;
    private final AccountNews news;
    private final Notifier notifier;
    private final BankClock clock;

    public RelinkRoutes(
            Api api,
            ItemRoutes.Shelf shelf,
            AccountOpening opening,
            AccountNews news,
            Notifier notifier,
            BankClock clock) {
        this.api = api;
        this.shelf = shelf;
        this.opening = opening;
        this.news = news;
        this.notifier = notifier;
        this.clock = clock;
    }

    void register(@Observes Router router) {
        api.control(router, HttpMethod.POST, "/sandbox/items/:id/relink", this::relink);
    }

    private byte[] relink(Call call) {
        Item old = shelf.items().get(call.path("id"));
        if (!old.progress().connected()) {
            throw PluggyError.badRequest("The item has no accounts yet");
        }
        Account.Telling telling = telling(call);
        Instant now = clock.now();
        var progress = new Item.Progress(
                "USER",
                null,
                true,
                now,
                new Item.Logins(0, now),
                List.of(new Item.Consent(UUID.randomUUID().toString(), now, null, null)));
        var item = new Item(
                UUID.randomUUID().toString(),
                old.origin(),
                old.settings(),
                Item.State.of("UPDATED", "SUCCESS"),
                progress,
                now,
                now);
        shelf.items().add(item);
        ObjectNode answer = Json.object();
        ArrayNode pairs = answer.putArray("accounts");
        List<Account> opened = new ArrayList<>();
        for (Account account : shelf.accounts().ofItem(old.id())) {
            Account again = opening.again(account, item.id(), telling);
            opened.add(again);
            pairs.addObject().put("old_id", account.id()).put("new_id", again.id());
        }
        opened.forEach(account -> news.opened(item, account));
        notifier.item(item, "item/created");
        if (call.body().path("delete_old").asBoolean()) {
            delete(old);
        }
        answer.set("item", shelf.view().of(item, call.base()));
        return Json.bytes(answer);
    }

    private static Account.Telling telling(Call call) {
        String word = call.body().path("telling").asText(null);
        try {
            return word == null ? null : Account.Telling.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw PluggyError.badRequest("telling must be whole, documented or bare");
        }
    }

    private void delete(Item old) {
        Accounts accounts = shelf.accounts();
        shelf.items().remove(old.id());
        accounts.remove(accounts.ofItem(old.id()));
        notifier.item(old, "item/deleted", "CLIENT");
    }
}
