package dev.afluente.sandbox.execution;

import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.connector.Connector;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.Items;
import dev.afluente.sandbox.webhook.Notifier;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ends executions: the item's last status, its consent, what was collected, and the notifications of it. */
@Singleton
public class Ending {

    /** The user whose bank withdraws the consent right after the first collection. */
    private static final String REVOKING_USER = "user-ok-consent-revoked";

    private static final String CARDS_FAILED = "The institution did not deliver the credit cards.";
    private static final String SLOW_TRANSACTIONS = "Some transactions may be missing.";

    private final Items items;
    private final Connectors connectors;
    private final Collector collector;
    private final Notifier notifier;
    private final BankClock clock;

    public Ending(Items items, Connectors connectors, Collector collector, Notifier notifier, BankClock clock) {
        this.items = items;
        this.connectors = connectors;
        this.collector = collector;
        this.notifier = notifier;
        this.clock = clock;
    }

    /** How the item's execution is going to end, by its user and its consent. */
    Outcome outcome(Item item) {
        Map<String, String> parameters = item.settings().parameters();
        Connector connector = connectors.get(item.origin().connectorId());
        boolean ownPage = connector.flow() == Connector.Flow.OAUTH;
        Item.Consent consent = item.consent();
        boolean renewed = Boolean.TRUE.equals(item.progress().answer());
        if (consent != null && !consent.isValid(clock.now()) && !renewed) {
            return Outcome.bad("USER_AUTHORIZATION_REVOKED", "The user revoked the consent.", "LOGIN_ERROR");
        }
        String user = parameters.getOrDefault("user", ownPage ? "user-ok" : "");
        return Outcome.of(user, parameters.get("password"), ownPage);
    }

    /** Open Finance keeps a consent; a new one is given at the first login and after the last one ended. */
    void consent(String itemId) {
        items.change(itemId, item -> {
            Item.Consent last = item.consent();
            Instant now = clock.now();
            if (last != null && last.isValid(now)) {
                return item;
            }
            List<Item.Consent> all = new ArrayList<>(item.progress().consents());
            all.add(new Item.Consent(UUID.randomUUID().toString(), now, null, null));
            return item.with(withConsents(item.progress(), all), now);
        });
    }

    static Item.Progress withConsents(Item.Progress old, List<Item.Consent> consents) {
        return new Item.Progress(
                old.triggeredBy(),
                old.answer(),
                old.connected(),
                old.lastUpdatedAt(),
                old.logins(),
                List.copyOf(consents));
    }

    void of(String itemId, Outcome outcome) {
        if (outcome.isGood()) {
            well(itemId, outcome);
        } else {
            badly(itemId, outcome);
        }
    }

    private void well(String itemId, Outcome outcome) {
        Item before = items.get(itemId);
        boolean first = !before.progress().connected();
        Runnable news = collector.collect(before, outcome);
        Item after = items.change(itemId, item -> {
            Instant now = clock.now();
            var progress = new Item.Progress(
                    item.progress().triggeredBy(),
                    null,
                    true,
                    now,
                    new Item.Logins(0, now),
                    item.progress().consents());
            var state = new Item.State("UPDATED", outcome.code(), null, null, null, statusDetail(item, outcome, now));
            return item.with(progress, now).with(state, now);
        });
        news.run();
        notifier.item(after, first ? "item/created" : "item/updated");
        if (REVOKING_USER.equals(after.settings().parameters().get("user")) && first && after.consent() != null) {
            revoke(itemId);
        }
    }

    /**
     * The person withdraws the consent at the bank; Pluggy learns of it at the next execution.
     *
     * @throws PluggyError 409 when there is no consent to withdraw: it is not given yet, or has ended
     */
    public Item revoke(String itemId) {
        return items.change(itemId, item -> {
            List<Item.Consent> all = new ArrayList<>(item.progress().consents());
            Instant now = clock.now();
            if (item.consent() == null || !item.consent().isValid(now)) {
                throw PluggyError.of(409, "CONSENT_NOT_VALID", "The item has no valid consent");
            }
            all.replaceAll(
                    one -> one.isValid(now) ? new Item.Consent(one.id(), one.createdAt(), one.expiresAt(), now) : one);
            return item.with(withConsents(item.progress(), all), now);
        });
    }

    private void badly(String itemId, Outcome outcome) {
        Item after = items.change(itemId, item -> {
            Instant now = clock.now();
            Item.Progress old = item.progress();
            int failed = outcome.status().equals("LOGIN_ERROR") ? old.logins().failedInARow() + 1 : 0;
            var progress = new Item.Progress(
                    old.triggeredBy(),
                    null,
                    old.connected(),
                    old.lastUpdatedAt(),
                    new Item.Logins(failed, now),
                    old.consents());
            var error = new Item.Problem(outcome.code(), outcome.message(), outcome.providerMessage());
            var state = new Item.State(outcome.status(), outcome.code(), error, null, null, null);
            return item.with(progress, now).with(state, now);
        });
        notifier.item(after, "item/error");
    }

    /** Present when a product failed or has a warning, as at Pluggy; null otherwise. */
    private static Map<String, Item.Product> statusDetail(Item item, Outcome outcome, Instant now) {
        boolean partial = outcome.code().equals("PARTIAL_SUCCESS");
        boolean warned =
                "user-ok-account-warning".equals(item.settings().parameters().get("user"));
        if (!partial && !warned) {
            return null;
        }
        var detail = new HashMap<String, Item.Product>();
        for (String product : List.of("accounts", "transactions", "paymentData", "identity")) {
            detail.put(product, new Item.Product(true, now, null));
        }
        detail.put("creditCards", new Item.Product(!partial, partial ? null : now, partial ? CARDS_FAILED : null));
        if (warned) {
            detail.put("transactions", new Item.Product(true, now, SLOW_TRANSACTIONS));
        }
        return Map.copyOf(detail);
    }
}
