package dev.afluente.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** {@code /sandbox/faults}: POST plants one rule or {@code {"rules": [...]}}, GET lists, DELETE heals everything. */
@Singleton
public class FaultRoutes {

    private final Api api;
    private final Faults faults;

    public FaultRoutes(Api api, Faults faults) {
        this.api = api;
        this.faults = faults;
    }

    void register(@Observes Router router) {
        api.control(router, HttpMethod.POST, "/sandbox/faults", this::plant);
        api.control(router, HttpMethod.GET, "/sandbox/faults", call -> list());
        api.control(router, HttpMethod.DELETE, "/sandbox/faults", call -> {
            faults.clear();
            return list();
        });
    }

    private byte[] plant(Call call) {
        JsonNode body = call.body();
        List<FaultRule> rules = new ArrayList<>();
        if (body.path("rules").isArray()) {
            body.get("rules").forEach(rule -> rules.add(FaultRule.parse(rule)));
        } else {
            rules.add(FaultRule.parse(body));
        }
        rules.forEach(faults::plant);
        return list();
    }

    private byte[] list() {
        return Json.bytes(Json.object().set("rules", faults.list()));
    }
}
