package dev.afluente.sandbox.linking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.account.Accounts;
import dev.afluente.sandbox.execution.Executions;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.ItemView;
import dev.afluente.sandbox.item.Items;
import dev.afluente.sandbox.webhook.Notifier;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** {@code /items}. */
@Singleton
public class ItemRoutes {

    private final Api api;
    private final Shelf shelf;
    private final ItemRules rules;
    private final NewItems newItems;
    private final Executions executions;
    private final Notifier notifier;
    private final BankClock clock;

    public ItemRoutes(
            Api api,
            Shelf shelf,
            ItemRules rules,
            NewItems newItems,
            Executions executions,
            Notifier notifier,
            BankClock clock) {
        this.api = api;
        this.shelf = shelf;
        this.rules = rules;
        this.newItems = newItems;
        this.executions = executions;
        this.notifier = notifier;
        this.clock = clock;
    }

    /** Items with their accounts and their JSON. */
    @Singleton
    public record Shelf(Items items, Accounts accounts, ItemView view) {}

    void register(@Observes Router router) {
        api.shared(router, HttpMethod.POST, "/items", call -> show(newItems.create(call.body(), call.caller()), call));
        api.shared(router, HttpMethod.GET, "/items/:id", call -> show(item(call), call));
        api.shared(router, HttpMethod.PATCH, "/items/:id", this::update);
        api.keyed(router, HttpMethod.DELETE, "/items/:id", this::delete);
        api.shared(router, HttpMethod.POST, "/items/:id/mfa", this::answer);
        api.keyed(router, HttpMethod.PATCH, "/items/:id/disable-auto-sync", this::disableAutoSync);
    }

    private Item item(Call call) {
        return shelf.items().getFor(call.caller(), call.path("id"));
    }

    private byte[] show(Item item, Call call) {
        return Json.bytes(shelf.view().of(item, call.base()));
    }

    private byte[] update(Call call) {
        Item item = item(call);
        JsonNode body = call.body();
        Map<String, String> sent = NewItems.parameters(body.path("parameters"));
        rules.mayUpdate(item, sent);
        Map<String, String> parameters = new HashMap<>(item.settings().parameters());
        parameters.putAll(sent);
        Item.Settings old = item.settings();
        var settings = new Item.Settings(
                body.path("clientUserId").asText(old.clientUserId()),
                body.path("webhookUrl").asText(old.webhookUrl()),
                old.oauthRedirectUri(),
                old.products(),
                true,
                Map.copyOf(parameters));
        shelf.items().change(item.id(), before -> before.with(settings, clock.now()));
        String triggeredBy = call.caller().isWidget() ? "USER" : "CLIENT";
        boolean renewing = !sent.isEmpty() || call.caller().isWidget();
        return show(executions.start(item.id(), "LOGIN_IN_PROGRESS", triggeredBy, renewing), call);
    }

    private byte[] delete(Call call) {
        Item item = item(call);
        shelf.items().remove(item.id());
        shelf.accounts().remove(shelf.accounts().ofItem(item.id()));
        notifier.item(item, "item/deleted", "CLIENT");
        return Json.bytes(Json.object().put("count", 1));
    }

    private byte[] answer(Call call) {
        Item item = item(call);
        return show(executions.answer(item.id(), NewItems.parameters(call.body())), call);
    }

    private byte[] disableAutoSync(Call call) {
        Item changed = shelf.items().change(item(call).id(), before -> {
            Item.Settings old = before.settings();
            var settings = new Item.Settings(
                    old.clientUserId(),
                    old.webhookUrl(),
                    old.oauthRedirectUri(),
                    old.products(),
                    false,
                    old.parameters());
            return before.with(settings, clock.now());
        });
        return show(changed, call);
    }
}
