package dev.afluente.sandbox.linking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.auth.Caller;
import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.connector.Connector;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.execution.Executions;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.Items;
import dev.afluente.sandbox.webhook.WebhookUrls;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Makes items and starts their first execution. */
@Singleton
public class NewItems {

    private final Items items;
    private final ItemRules rules;
    private final Connectors connectors;
    private final Executions executions;
    private final WebhookUrls urls;
    private final BankClock clock;
    private final long seed;

    public NewItems(
            Items items,
            ItemRules rules,
            Connectors connectors,
            Executions executions,
            WebhookUrls urls,
            BankClock clock,
            SandboxConfig config) {
        this.items = items;
        this.rules = rules;
        this.connectors = connectors;
        this.executions = executions;
        this.urls = urls;
        this.clock = clock;
        this.seed = config.seed();
    }

    /**
     * From the body of {@code POST /items}; a connect token's options go before what the widget sends.
     *
     * @throws dev.afluente.sandbox.http.PluggyError where Pluggy refuses
     */
    public Item create(JsonNode body, Caller caller) {
        Connector connector = connectors.get(body.path("connectorId").asInt(-1));
        Map<String, String> parameters = parameters(body.path("parameters"));
        boolean avoidDuplicates = body.path("avoidDuplicates").asBoolean()
                || (caller.options() != null
                        && caller.options().path("avoidDuplicates").asBoolean());
        rules.mayCreate(connector, parameters, avoidDuplicates);
        String webhookUrl = first(caller.option("webhookUrl"), body.path("webhookUrl"));
        if (webhookUrl != null) {
            urls.check(webhookUrl);
        }
        var settings = new Item.Settings(
                first(caller.option("clientUserId"), body.path("clientUserId")),
                webhookUrl,
                first(caller.option("oauthRedirectUri"), body.path("oauthRedirectUri")),
                products(body.path("products"), connector),
                true,
                parameters);
        return start(connector, settings, caller);
    }

    private Item start(Connector connector, Item.Settings settings, Caller caller) {
        Instant now = clock.now();
        String owner = settings.clientUserId() == null ? "" : settings.clientUserId();
        List<String> who = new ArrayList<>(ItemRules.identity(settings.parameters()));
        who.add(owner);
        who.add(Integer.toString(connector.id()));
        var origin = new Item.Origin(connector.id(), Draw.key(seed, who.toArray(new String[0])), caller.tokenId());
        String triggeredBy = caller.isWidget() ? "USER" : "CLIENT";
        var progress = new Item.Progress(triggeredBy, null, false, null, Item.Logins.NONE, List.of());
        var state = Item.State.of("UPDATING", "CREATED");
        var item = new Item(UUID.randomUUID().toString(), origin, settings, state, progress, now, now);
        items.add(item);
        return executions.start(item.id(), "CREATED", triggeredBy, false);
    }

    private static String first(String preferred, JsonNode other) {
        return preferred == null ? other.textValue() : preferred;
    }

    static Map<String, String> parameters(JsonNode json) {
        Map<String, String> parameters = new TreeMap<>();
        json.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                parameters.put(field.getKey(), field.getValue().asText());
            }
        });
        return Map.copyOf(parameters);
    }

    private static List<String> products(JsonNode asked, Connector connector) {
        if (!asked.isArray() || asked.isEmpty()) {
            return connector.products();
        }
        List<String> products = new ArrayList<>();
        asked.forEach(product -> products.add(product.asText()));
        products.retainAll(connector.products());
        return List.copyOf(products);
    }
}
