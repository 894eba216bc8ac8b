package dev.afluente.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.auth.Caller;
import dev.afluente.sandbox.connector.Connector;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.execution.Executions;
import dev.afluente.sandbox.http.Answer;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.ItemView;
import dev.afluente.sandbox.item.Items;
import dev.afluente.sandbox.linking.NewItems;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * {@code POST /sandbox/items} with {@code {user, connector_id?, client_user_id?, webhook_url?}}: connects as a person
 * would who answers everything rightly, and answers with the item when its execution has ended.
 */
@Singleton
public class SandboxItems {

    private static final String BASIC_FLOW_CPF = "761.092.776-73";
    private static final String BASIC_FLOW_CNPJ = "38.512.121/0001-95";
    private static final String TOKEN = "123456";
    private static final long LOOK_MILLIS = 20;

    private final Api api;
    private final NewItems newItems;
    private final Items items;
    private final Connectors connectors;
    private final Executions executions;
    private final ItemView view;
    private final Vertx vertx;

    public SandboxItems(
            Api api,
            NewItems newItems,
            Items items,
            Connectors connectors,
            Executions executions,
            ItemView view,
            Vertx vertx) {
        this.api = api;
        this.newItems = newItems;
        this.items = items;
        this.connectors = connectors;
        this.executions = executions;
        this.view = view;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        api.control(router, HttpMethod.POST, "/sandbox/items", this::create);
    }

    private byte[] create(Call call) {
        JsonNode asked = call.body();
        Connector connector = connectors.get(asked.path("connector_id").asInt(2));
        ObjectNode body = Json.object().put("connectorId", connector.id());
        ObjectNode parameters =
                body.putObject("parameters").put("user", asked.path("user").asText("user-ok"));
        if (connector.flow() == Connector.Flow.OAUTH) {
            parameters.put(
                    connector.isBusiness() ? "cnpj" : "cpf", connector.isBusiness() ? BASIC_FLOW_CNPJ : BASIC_FLOW_CPF);
        } else {
            parameters.put("password", "password-ok");
        }
        if (connector.flow() == Connector.Flow.MFA_ONE_STEP) {
            parameters.put("token", TOKEN);
        }
        body.set("clientUserId", asked.path("client_user_id").isTextual() ? asked.get("client_user_id") : null);
        body.set("webhookUrl", asked.path("webhook_url").isTextual() ? asked.get("webhook_url") : null);
        String id = newItems.create(body, Caller.APPLICATION).id();
        vertx.setPeriodic(LOOK_MILLIS, timer -> {
            Item item = items.find(id);
            if (item != null && item.isWaiting()) {
                help(item);
            } else if (item == null || !item.isRunning()) {
                vertx.cancelTimer(timer);
                Answer.json(call.context(), 200, Json.bytes(item == null ? null : view.of(item, call.base())));
            }
        });
        return null;
    }

    private void help(Item item) {
        if (item.state().parameter() == null) {
            executions.authorise(item.id(), true);
        } else {
            executions.answer(item.id(), Map.of("token", TOKEN));
        }
    }
}
