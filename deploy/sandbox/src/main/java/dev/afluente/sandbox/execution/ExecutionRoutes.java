package dev.afluente.sandbox.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.ItemView;
import dev.afluente.sandbox.item.Items;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a person or a bank does apart from Pluggy: authorise, withdraw a consent, come back to life. */
@Singleton
public class ExecutionRoutes {

    private final Api api;
    private final Executions executions;
    private final Ending ending;
    private final Items items;
    private final ItemView view;
    private final BankClock clock;

    public ExecutionRoutes(Api api, Executions executions, Ending ending, Items items, ItemView view, BankClock clock) {
        this.api = api;
        this.executions = executions;
        this.ending = ending;
        this.items = items;
        this.view = view;
        this.clock = clock;
    }

    void register(@Observes Router router) {
        api.control(router, HttpMethod.POST, "/sandbox/items/:id/authorize", this::authorize);
        api.control(router, HttpMethod.POST, "/sandbox/items/:id/consent", this::consent);
        api.control(router, HttpMethod.POST, "/sandbox/items/:id/user", this::user);
    }

    /** {@code {"approve": true|false}} answers a WAITING_USER_ACTION. */
    private byte[] authorize(Call call) {
        boolean approve = call.body().path("approve").asBoolean(true);
        return Json.bytes(view.of(executions.authorise(call.path("id"), approve), call.base()));
    }

    /** {@code {"revoke": true}} or {@code {"expires_at": instant}} changes the consent at the bank. */
    private byte[] consent(Call call) {
        JsonNode body = call.body();
        if (body.path("revoke").asBoolean()) {
            ending.revoke(call.path("id"));
        }
        if (body.hasNonNull("expires_at")) {
            expire(call.path("id"), Instant.parse(body.get("expires_at").asText()));
        }
        return Json.bytes(view.of(items.get(call.path("id")), call.base()));
    }

    private void expire(String itemId, Instant at) {
        items.change(itemId, item -> {
            List<Item.Consent> all = new ArrayList<>(item.progress().consents());
            if (all.isEmpty()) {
                return item;
            }
            Item.Consent last = all.remove(all.size() - 1);
            all.add(new Item.Consent(last.id(), last.createdAt(), at, last.revokedAt()));
            return item.with(Ending.withConsents(item.progress(), all), clock.now());
        });
    }

    /** {@code {"user": "user-ok"}} makes the bank answer as to that user from the next execution on. */
    private byte[] user(Call call) {
        String user = call.body().path("user").asText("user-ok");
        Item changed = items.change(call.path("id"), item -> {
            Item.Settings old = item.settings();
            Map<String, String> parameters = new HashMap<>(old.parameters());
            parameters.put("user", user);
            var settings = new Item.Settings(
                    old.clientUserId(),
                    old.webhookUrl(),
                    old.oauthRedirectUri(),
                    old.products(),
                    old.autoSync(),
                    Map.copyOf(parameters));
            return item.with(settings, clock.now());
        });
        return Json.bytes(view.of(changed, call.base()));
    }
}
