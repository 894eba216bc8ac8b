package dev.afluente.local.gateway;

import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /health}: 200 when all three services are ready, otherwise 503 and which are not. Answers within three seconds. */
final class HealthDoor {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final Map<Role, String> SERVICES = services();

    private final HttpClient client;
    private final PortPlan ports;

    HealthDoor(HttpClient client, PortPlan ports) {
        this.client = client;
        this.ports = ports;
    }

    void handle(HttpServerRequest request) {
        List<Future<?>> asked = new ArrayList<>();
        JsonObject states = new JsonObject();
        SERVICES.forEach((role, name) -> asked.add(
                ready(role).onSuccess(ready -> states.put(name, Boolean.TRUE.equals(ready) ? "UP" : "DOWN"))));
        Future.join(asked).onComplete(done -> {
            boolean up = states.stream().allMatch(state -> state.getValue().equals("UP"));
            request.response()
                    .setStatusCode(up ? 200 : 503)
                    .putHeader("content-type", "application/json")
                    .end(new JsonObject()
                            .put("status", up ? "UP" : "DOWN")
                            .put("services", states)
                            .encode());
        });
    }

    private Future<Boolean> ready(Role role) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(ports.of(role))
                .setURI("/q/health/ready")
                .setTimeout(TIMEOUT_MILLIS);
        return client.request(options)
                .compose(request -> request.send())
                .map(HttpClientResponse::statusCode)
                .map(status -> status == 200)
                .otherwise(false);
    }

    private static Map<Role, String> services() {
        Map<Role, String> names = new LinkedHashMap<>();
        names.put(Role.CONNECTION, "connection-service");
        names.put(Role.WEBHOOK, "webhook-service");
        names.put(Role.SYNC, "sync-service");
        return names;
    }
}
