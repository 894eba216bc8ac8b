package dev.afluente.sandbox.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.item.Item;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Writes the notifications and hands them to {@link Deliveries}: one event id per event, whoever is told of it. The
 * shapes are those of Pluggy's SDK types and of captured deliveries; Pluggy's OpenAPI document has none.
 */
@Singleton
public class Notifier {

    private final Deliveries deliveries;
    private final String clientId;

    public Notifier(Deliveries deliveries, SandboxConfig config) {
        this.deliveries = deliveries;
        this.clientId = config.client().id();
    }

    /** One of the {@code item/*} events, about the item as it is. */
    public void item(Item item, String event) {
        item(item, event, item.progress().triggeredBy());
    }

    public void item(Item item, String event, String triggeredBy) {
        ObjectNode body = about(item, event)
                .put("id", item.id())
                .put("clientUserId", item.settings().clientUserId())
                .put("triggeredBy", triggeredBy);
        Item.Problem problem = item.state().error();
        if (event.equals("item/error") && problem != null) {
            ObjectNode error =
                    body.putObject("error").put("code", problem.code()).put("message", problem.message());
            if (problem.code().endsWith("MFA") || problem.code().equals("USER_INPUT_TIMEOUT")) {
                error.put("parameter", "token");
            }
        }
        deliveries.send(event, body, item.settings().webhookUrl());
    }

    /** Rows inserted into one account; {@code oldest} is the earliest date among them. */
    public record NewRows(String accountId, int count, String oldest, Instant createdFrom) {}

    /** The link points at the retired list, as Pluggy's does. */
    public void created(Item item, NewRows rows) {
        String from = Json.time(rows.createdFrom());
        ObjectNode body = about(item, "transactions/created")
                .put("accountId", rows.accountId())
                .put("transactionsCount", rows.count())
                .put("transactionsMinDate", rows.oldest())
                .put("transactionsCreatedAtFrom", from)
                .put(
                        "createdTransactionsLink",
                        "https://api.pluggy.ai/transactions?accountId=" + rows.accountId() + "&createdAtFrom=" + from);
        deliveries.send("transactions/created", body, item.settings().webhookUrl());
    }

    /** {@code transactions/updated} or {@code transactions/deleted}. */
    public void transactions(Item item, String event, String accountId, List<String> ids) {
        ObjectNode body = about(item, event).put("accountId", accountId);
        ArrayNode list = body.putArray("transactionIds");
        ids.forEach(list::add);
        deliveries.send(event, body, item.settings().webhookUrl());
    }

    public void connector(int connectorId, String status) {
        ObjectNode body = event("connector/status_updated").put("id", Integer.toString(connectorId));
        body.putObject("data").put("status", status);
        deliveries.send("connector/status_updated", body, null);
    }

    private ObjectNode about(Item item, String event) {
        return event(event).put("itemId", item.id()).put("clientId", clientId);
    }

    private static ObjectNode event(String event) {
        return Json.object()
                .put("event", event)
                .put("eventId", UUID.randomUUID().toString());
    }
}
