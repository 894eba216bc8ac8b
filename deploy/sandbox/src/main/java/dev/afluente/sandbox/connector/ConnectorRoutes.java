package dev.afluente.sandbox.connector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code /connectors}. */
@Singleton
public class ConnectorRoutes {

    private final Api api;
    private final Connectors connectors;
    private final ConnectorView view;

    public ConnectorRoutes(Api api, Connectors connectors, ConnectorView view) {
        this.api = api;
        this.connectors = connectors;
        this.view = view;
    }

    void register(@Observes Router router) {
        api.shared(router, HttpMethod.GET, "/connectors", this::list);
        api.shared(router, HttpMethod.GET, "/connectors/:id", this::one);
        api.shared(router, HttpMethod.POST, "/connectors/:id/validate", this::validate);
    }

    private byte[] list(Call call) {
        ArrayNode results = Json.array();
        connectors.all().stream()
                .filter(connector -> wanted(connector, call))
                .forEach(connector -> results.add(view.of(connector, call.base(), details(call))));
        return Json.bytes(Json.page(results));
    }

    private static boolean wanted(Connector connector, Call call) {
        String name = call.query("name");
        String openFinance = call.query("isOpenFinance");
        return connector.sandbox() == Boolean.parseBoolean(call.query("sandbox"))
                && among(call.query("countries"), "BR")
                && among(call.query("types"), connector.type())
                && (name == null || lower(connector.name()).contains(lower(name)))
                && (openFinance == null || connector.openFinance() == Boolean.parseBoolean(openFinance))
                && !Boolean.parseBoolean(call.query("supportsPaymentInitiation"))
                && !Boolean.parseBoolean(call.query("supportsSmartTransfers"))
                && !Boolean.parseBoolean(call.query("supportsAutomaticPix"));
    }

    private static boolean among(String list, String value) {
        return list == null || List.of(list.split(",", -1)).contains(value);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean details(Call call) {
        return Boolean.parseBoolean(call.query("healthDetails"));
    }

    private byte[] one(Call call) {
        return Json.bytes(view.of(connector(call), call.base(), details(call)));
    }

    private byte[] validate(Call call) {
        Map<String, String> parameters = new TreeMap<>();
        call.body()
                .properties()
                .forEach(
                        field -> parameters.put(field.getKey(), field.getValue().asText()));
        ObjectNode answer = Json.object();
        answer.set("parameters", call.body());
        answer.set("errors", Credentials.toJson(Credentials.breaches(connector(call), parameters)));
        return Json.bytes(answer);
    }

    private Connector connector(Call call) {
        try {
            return connectors.get(Integer.parseInt(call.path("id")));
        } catch (NumberFormatException e) {
            throw PluggyError.badRequest("id must be a number");
        }
    }
}
