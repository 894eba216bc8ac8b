package dev.afluente.sandbox.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Items;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.math.BigDecimal;

/** {@code /accounts}. A widget sees a reduced view of its own item's accounts: without holder and bank data. */
@Singleton
public class AccountRoutes {

    private final Api api;
    private final Accounts accounts;
    private final AccountView view;
    private final Items items;
    private final BankClock clock;

    public AccountRoutes(Api api, Accounts accounts, AccountView view, Items items, BankClock clock) {
        this.api = api;
        this.accounts = accounts;
        this.view = view;
        this.items = items;
        this.clock = clock;
    }

    void register(@Observes Router router) {
        api.shared(router, HttpMethod.GET, "/accounts", this::list);
        api.keyed(router, HttpMethod.GET, "/accounts/:id", call -> Json.bytes(view.of(accounts.get(call.path("id")))));
        api.keyed(router, HttpMethod.GET, "/accounts/:id/balance", this::balance);
    }

    private byte[] list(Call call) {
        String itemId = call.queryUuid("itemId");
        String type = call.query("type");
        if (type != null && !type.equals("BANK") && !type.equals("CREDIT")) {
            throw PluggyError.badRequest("type must be a valid enum value");
        }
        if (call.caller().isWidget()) {
            items.getFor(call.caller(), itemId);
        }
        ArrayNode results = Json.array();
        accounts.ofItem(itemId).stream()
                .filter(account -> type == null || account.face().type().equals(type))
                .map(view::of)
                .forEach(results::add);
        if (call.caller().isWidget()) {
            results.forEach(account -> ((ObjectNode) account)
                    .putNull("taxNumber")
                    .putNull("owner")
                    .putNull("bankData")
                    .putNull("creditData"));
        }
        return Json.bytes(Json.page(results));
    }

    private byte[] balance(Call call) {
        Account account = accounts.get(call.path("id"));
        return Json.bytes(Json.object()
                .put("balance", account.balance())
                .put("currencyCode", "BRL")
                .put("updateDateTime", Json.time(clock.now()))
                .put("blockedBalance", BigDecimal.ZERO)
                .put("automaticallyInvestedBalance", BigDecimal.ZERO));
    }
}
