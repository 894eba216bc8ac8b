package dev.afluente.sandbox.linking;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.connector.Connector;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.connector.Credentials;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.Items;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Pluggy's refusals to create or to update an item (OpenAPI examples of {@code /items}). */
@Singleton
public class ItemRules {

    private static final int MOST_LOGIN_FAILURES = 2;

    private final SandboxConfig.Items config;
    private final Items items;
    private final Connectors connectors;
    private final BankClock clock;

    public ItemRules(SandboxConfig config, Items items, Connectors connectors, BankClock clock) {
        this.config = config.items();
        this.items = items;
        this.connectors = connectors;
        this.clock = clock;
    }

    void mayCreate(Connector connector, Map<String, String> parameters, boolean avoidDuplicates) {
        if (connectors.health(connector.id()).equals("OFFLINE")) {
            throw PluggyError.badRequest("The connector is offline and accepts no new connections");
        }
        if (items.all().size() >= config.limit()) {
            throw PluggyError.of(
                            409,
                            "ITEM_CREATION_LIMIT_EXCEEDED",
                            "Client exceeded item creation limit (" + config.limit()
                                    + " items) for the current subscription level.")
                    .with("data", Json.object().put("itemsLimit", config.limit()));
        }
        Credentials.require(connector, parameters);
        if (avoidDuplicates) {
            refuseTwins(connector, parameters);
        }
    }

    private void refuseTwins(Connector connector, Map<String, String> parameters) {
        ArrayNode twins = Json.array();
        for (Item item : items.all()) {
            boolean same = item.origin().connectorId() == connector.id()
                    && identity(item.settings().parameters()).equals(identity(parameters));
            if (same) {
                twins.add(item.id());
            }
        }
        if (!twins.isEmpty()) {
            throw PluggyError.of(
                            400,
                            "ITEM_USER_ALREADY_EXISTS",
                            "There are other items with the same credentials, you can't create a new one")
                    .with("items", twins);
        }
    }

    /** Who logs in, without what changes from login to login. */
    static List<String> identity(Map<String, String> parameters) {
        return List.of(
                parameters.getOrDefault("user", ""),
                parameters.getOrDefault("cpf", "").replaceAll("\\D", ""),
                parameters.getOrDefault("cnpj", "").replaceAll("\\D", ""));
    }

    void mayUpdate(Item item, Map<String, String> sent) {
        if (item.isRunning()) {
            throw PluggyError.of(
                    400,
                    "ITEM_ALREADY_UPDATING",
                    "An update is already in progress, wait until the last execution ends");
        }
        refuseTooSoon(item);
        refuseAfterFailures(item);
        Connector connector = connectors.get(item.origin().connectorId());
        if (connector.flow() == Connector.Flow.MFA_ONE_STEP) {
            requireFreshToken(item, sent);
        }
    }

    private void refuseTooSoon(Item item) {
        Instant last = item.progress().lastUpdatedAt();
        Duration least = config.minUpdateInterval();
        boolean failed = !item.state().status().equals("UPDATED");
        if (least.isZero() || last == null || failed || !clock.now().isBefore(last.plus(least))) {
            return;
        }
        long hours = Math.max(1, least.toHours());
        throw PluggyError.of(
                        409,
                        "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY",
                        "Client updates on this item are allowed at most every " + hours + " hours. Last update was at "
                                + Json.time(last))
                .with(
                        "data",
                        Json.object()
                                .put("minUpdateFrequencyAllowedInHours", hours)
                                .put("lastUpdatedAt", Json.time(last)));
    }

    private void refuseAfterFailures(Item item) {
        Item.Logins logins = item.progress().logins();
        Duration wait = config.loginBackoff();
        if (wait.isZero() || logins.failedInARow() < MOST_LOGIN_FAILURES) {
            return;
        }
        Instant again = logins.endedAt().plus(wait);
        if (!clock.now().isBefore(again)) {
            return;
        }
        String readable = wait.toSeconds() < 120 ? wait.toSeconds() + " seconds" : wait.toMinutes() + " minutes";
        throw PluggyError.of(
                        400,
                        "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES",
                        "must wait at least " + readable + " after " + MOST_LOGIN_FAILURES
                                + " consecutive login errors, last attempt was at " + Json.time(logins.endedAt())
                                + " (can retry after: " + Json.time(again) + ")")
                .with(
                        "data",
                        Json.object()
                                .put("readableBackoffTime", readable)
                                .put("maxConsecutiveFailedLoginAttempts", MOST_LOGIN_FAILURES)
                                .put("lastExecutionEndedAt", Json.time(logins.endedAt()))
                                .put("canRetryAfterDate", Json.time(again)));
    }

    /**
     * A token is good for one execution (docs.pluggy.ai, "Connect an account"; the misspelt code is Pluggy's), except for
     * the sandbox's 123456.
     */
    private static void requireFreshToken(Item item, Map<String, String> sent) {
        String token = sent.get(Credentials.TOKEN);
        if (token == null) {
            throw PluggyError.of(
                            400,
                            "CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR",
                            "The parameter 'token' is required to be renewed for item update.")
                    .with("details", missingToken())
                    .with("data", Json.object().put("parameter", Credentials.TOKEN));
        }
        boolean succeeded = item.state().status().equals("UPDATED");
        if (succeeded && token.equals(item.settings().parameters().get(Credentials.TOKEN)) && !token.equals("123456")) {
            throw PluggyError.of(
                    400,
                    "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR",
                    "MFA parameter has to be updated from last execution");
        }
    }

    private static ArrayNode missingToken() {
        ArrayNode details = Json.array();
        details.addObject()
                .put("code", "001")
                .put("message", "Parameter 'token' is required")
                .put("parameter", Credentials.TOKEN);
        return details;
    }
}
