package dev.afluente.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.fault.Faults;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.http.RateLimits;
import dev.afluente.sandbox.linking.ItemRoutes;
import dev.afluente.sandbox.webhook.Deliveries;
import dev.afluente.sandbox.webhook.Notifier;
import dev.afluente.sandbox.webhook.Webhooks;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/**
 * {@code POST /sandbox/reset} forgets everything, or what {@code only} names: items (with accounts), webhooks,
 * deliveries, faults, rate_limits, connectors. {@code POST /sandbox/connectors/{id}/status} changes a bank's health.
 */
@Singleton
public class ResetRoutes {

    private static final Set<String> ALL =
            Set.of("items", "webhooks", "deliveries", "faults", "rate_limits", "connectors");
    private static final Set<String> HEALTH = Set.of("ONLINE", "UNSTABLE", "OFFLINE");

    private final Api api;
    private final ItemRoutes.Shelf shelf;
    private final Post post;
    private final Faults faults;
    private final RateLimits limits;
    private final Connectors connectors;

    public ResetRoutes(
            Api api, ItemRoutes.Shelf shelf, Post post, Faults faults, RateLimits limits, Connectors connectors) {
        this.api = api;
        this.shelf = shelf;
        this.post = post;
        this.faults = faults;
        this.limits = limits;
        this.connectors = connectors;
    }

    /** All that sends webhooks. */
    @Singleton
    public record Post(Webhooks webhooks, Deliveries deliveries, Notifier notifier) {}

    void register(@Observes Router router) {
        api.control(router, HttpMethod.POST, "/sandbox/reset", this::reset);
        api.control(router, HttpMethod.POST, "/sandbox/connectors/:id/status", this::status);
    }

    private byte[] reset(Call call) {
        Set<String> only = new HashSet<>();
        call.body().path("only").forEach(name -> only.add(name.asText()));
        Set<String> named = only.isEmpty() ? ALL : only;
        if (!ALL.containsAll(named)) {
            throw PluggyError.badRequest("only must name some of " + ALL);
        }
        if (named.contains("items")) {
            shelf.items().all().forEach(item -> shelf.items().remove(item.id()));
            shelf.accounts().removeAll();
        }
        if (named.contains("webhooks")) {
            post.webhooks().deleteAll();
        }
        if (named.contains("deliveries")) {
            post.deliveries().clear();
        }
        if (named.contains("faults")) {
            faults.clear();
        }
        if (named.contains("rate_limits")) {
            limits.reset();
        }
        if (named.contains("connectors")) {
            connectors.resetHealth();
        }
        return Json.bytes(Json.object().set("reset", Json.tree(named)));
    }

    private byte[] status(Call call) {
        JsonNode body = call.body();
        String status = body.path("status").asText();
        if (!HEALTH.contains(status) || !call.path("id").matches("\\d{1,6}")) {
            throw PluggyError.badRequest("status must be one of " + HEALTH + ", of a connector's number");
        }
        int id = Integer.parseInt(call.path("id"));
        connectors.setHealth(id, status);
        post.notifier().connector(id, status);
        return Json.bytes(Json.object().put("id", id).put("status", status));
    }
}
