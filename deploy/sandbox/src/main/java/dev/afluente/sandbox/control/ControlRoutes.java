package dev.afluente.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.account.AccountNews;
import dev.afluente.sandbox.account.Ask;
import dev.afluente.sandbox.account.BankChanges;
import dev.afluente.sandbox.execution.QueuedChanges;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.Items;
import dev.afluente.sandbox.webhook.Notifier;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code POST /sandbox/items/{id}/transactions}: the bank changes rows, now or for the next update to find. */
@Singleton
public class ControlRoutes {

    private final Api api;
    private final Items items;
    private final BankChanges changes;
    private final QueuedChanges queued;
    private final AccountNews news;
    private final Notifier notifier;

    public ControlRoutes(
            Api api, Items items, BankChanges changes, QueuedChanges queued, AccountNews news, Notifier notifier) {
        this.api = api;
        this.items = items;
        this.changes = changes;
        this.queued = queued;
        this.news = news;
        this.notifier = notifier;
    }

    void register(@Observes Router router) {
        api.control(router, HttpMethod.POST, "/sandbox/items/:id/transactions", this::change);
    }

    private byte[] change(Call call) {
        Item item = items.get(call.path("id"));
        JsonNode body = call.body();
        Ask ask = Ask.parse(body);
        if (!item.progress().connected()) {
            throw PluggyError.badRequest("The item has no accounts yet");
        }
        if (body.path("queue").asBoolean()) {
            queued.add(item.id(), body);
            return Json.bytes(Json.object().put("item_id", item.id()).put("queued", true));
        }
        List<BankChanges.Applied> applied = changes.apply(item.id(), ask);
        // What Pluggy shows it has collected; with the notification lost, its time is all that tells of it.
        items.change(item.id(), before -> before.collected(applied.get(0).at()));
        boolean notify = body.path("notify").asBoolean(true);
        if (notify) {
            applied.forEach(one -> news.changed(item, one));
            notifier.item(item, "item/updated", "SYNC");
        }
        return Json.bytes(view(item, applied).put("notified", notify).put("queued", false));
    }

    private static ObjectNode view(Item item, List<BankChanges.Applied> applied) {
        ObjectNode view = Json.object().put("item_id", item.id());
        ArrayNode accounts = view.putArray("accounts");
        for (BankChanges.Applied one : applied) {
            ObjectNode account =
                    accounts.addObject().put("account_id", one.after().id());
            account.set("created", Json.tree(one.created()));
            account.set("updated", Json.tree(one.updated()));
            account.set("deleted", Json.tree(one.deleted()));
            account.put("reissued", one.isReissued());
        }
        return view;
    }
}
