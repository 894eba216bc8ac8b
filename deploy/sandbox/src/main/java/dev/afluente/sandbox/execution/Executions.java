package dev.afluente.sandbox.execution;

import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.connector.Connector;
import dev.afluente.sandbox.connector.Connectors;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.Items;
import dev.afluente.sandbox.webhook.Notifier;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Takes items through Pluggy's execution statuses, one step per {@code sandbox.items.step}. Where an item stands is in
 * the item itself, so an execution goes on after a restart. At most one execution per item.
 */
@Singleton
public class Executions {

    private static final List<String> COLLECTING = List.of(
            "ACCOUNTS_IN_PROGRESS",
            "CREDITCARDS_IN_PROGRESS",
            "TRANSACTIONS_IN_PROGRESS",
            "PAYMENT_DATA_IN_PROGRESS",
            "IDENTITY_IN_PROGRESS");

    private static final Outcome WRONG_MFA =
            Outcome.bad("INVALID_CREDENTIALS_MFA", "The MFA value is wrong.", "LOGIN_ERROR");

    private final Vertx vertx;
    private final Items items;
    private final Connectors connectors;
    private final Ending ending;
    private final Notifier notifier;
    private final BankClock clock;
    private final SandboxConfig.Items config;

    public Executions(
            Vertx vertx,
            Items items,
            Connectors connectors,
            Ending ending,
            Notifier notifier,
            BankClock clock,
            SandboxConfig config) {
        this.vertx = vertx;
        this.items = items;
        this.connectors = connectors;
        this.ending = ending;
        this.notifier = notifier;
        this.clock = clock;
        this.config = config.items();
    }

    void resume(@Observes StartupEvent started) {
        for (Item item : items.all()) {
            if (item.isWaiting()) {
                watch(item, deadline(item));
            } else if (item.isRunning()) {
                schedule(item.id());
            }
        }
    }

    /**
     * Starts with the item as it was just created or changed.
     *
     * @param renewing whether the person has come to connect, so that an ended consent may be given anew
     */
    public Item start(String itemId, String executionStatus, String triggeredBy, boolean renewing) {
        Item item = items.change(itemId, before -> {
            Item.Progress old = before.progress();
            var progress = new Item.Progress(
                    triggeredBy,
                    renewing ? true : null,
                    old.connected(),
                    old.lastUpdatedAt(),
                    old.logins(),
                    old.consents());
            Instant now = clock.now();
            return before.with(Item.State.of("UPDATING", executionStatus), now).with(progress, now);
        });
        schedule(itemId);
        return item;
    }

    /** @throws PluggyError 400 unless the item waits for an answer */
    public Item answer(String itemId, Map<String, String> answer) {
        Item item = items.get(itemId);
        if (!item.state().status().equals("WAITING_USER_INPUT")) {
            throw PluggyError.badRequest("Item is not waiting for user input");
        }
        return go(itemId, "WAITING_USER_INPUT", Challenges.isRight(answer));
    }

    /** The person authorised or refused at the bank. @throws PluggyError 400 unless the item waits for that */
    public Item authorise(String itemId, boolean approved) {
        Item item = items.get(itemId);
        if (!item.state().status().equals("WAITING_USER_ACTION")) {
            throw PluggyError.badRequest("Item is not waiting for user action");
        }
        return go(itemId, "WAITING_USER_ACTION", approved);
    }

    private Item go(String itemId, String from, boolean right) {
        Item item = items.change(itemId, before -> {
            if (!before.state().status().equals(from)) {
                return before;
            }
            Item.Progress old = before.progress();
            var progress = new Item.Progress(
                    old.triggeredBy(), right, old.connected(), old.lastUpdatedAt(), old.logins(), old.consents());
            Instant now = clock.now();
            return before.with(Item.State.of("UPDATING", "LOGIN_MFA_IN_PROGRESS"), now)
                    .with(progress, now);
        });
        schedule(itemId);
        return item;
    }

    private void schedule(String itemId) {
        vertx.setTimer(Math.max(1, config.step().toMillis()), timer -> step(itemId));
    }

    private void step(String itemId) {
        Item item = items.find(itemId);
        if (item == null || !item.isRunning() || item.isWaiting()) {
            return;
        }
        Connector connector = connectors.get(item.origin().connectorId());
        Outcome outcome = ending.outcome(item);
        switch (item.state().executionStatus()) {
            case "CREATED" -> move(itemId, "LOGIN_IN_PROGRESS");
            case "LOGIN_IN_PROGRESS" -> login(item, connector, outcome);
            case "LOGIN_MFA_IN_PROGRESS" -> answered(item, connector, outcome);
            case "MERGING" -> ending.of(itemId, outcome);
            default -> collect(item, outcome);
        }
    }

    private void login(Item item, Connector connector, Outcome outcome) {
        Instant now = clock.now();
        Instant deadline = now.plus(config.answerWindow());
        boolean consented = item.consent() != null && item.consent().isValid(now);
        boolean needsAction =
                connector.flow() == Connector.Flow.QR || (connector.flow() == Connector.Flow.OAUTH && !consented);
        if (outcome.refusesLogin()) {
            ending.of(item.id(), outcome);
        } else if (connector.flow() == Connector.Flow.MFA_ONE_STEP
                && !Challenges.isToken(item.settings().parameters())) {
            ending.of(item.id(), WRONG_MFA);
        } else if (connector.flow().asksBack()) {
            wait(
                    item,
                    new Item.State(
                            "WAITING_USER_INPUT",
                            "WAITING_USER_INPUT",
                            null,
                            Challenges.question(connector.flow(), deadline),
                            null,
                            null));
        } else if (needsAction) {
            wait(
                    item,
                    new Item.State(
                            "WAITING_USER_ACTION",
                            "WAITING_USER_ACTION",
                            null,
                            null,
                            Challenges.action(connector.flow(), item.id(), deadline),
                            null));
        } else {
            enter(item);
        }
    }

    private void wait(Item item, Item.State state) {
        Item waiting = items.change(item.id(), before -> before.with(state, clock.now()));
        String event = state.parameter() == null ? "item/waiting_user_action" : "item/waiting_user_input";
        notifier.item(waiting, event);
        watch(waiting, deadline(waiting));
    }

    private static Instant deadline(Item item) {
        return item.state().parameter() == null
                ? item.state().userAction().expiresAt()
                : item.state().parameter().extras().expiresAt();
    }

    private void watch(Item waiting, Instant deadline) {
        Item.State state = waiting.state();
        long millis = Math.max(1, Duration.between(clock.now(), deadline).toMillis());
        vertx.setTimer(millis, timer -> {
            Item item = items.find(waiting.id());
            if (item != null && item.state().equals(state)) {
                ending.of(item.id(), Outcome.bad("USER_INPUT_TIMEOUT", "The user did not answer in time.", "OUTDATED"));
            }
        });
    }

    private void answered(Item item, Connector connector, Outcome outcome) {
        if (!Boolean.TRUE.equals(item.progress().answer())) {
            ending.of(
                    item.id(),
                    connector.flow().asksBack()
                            ? WRONG_MFA
                            : Outcome.bad(
                                    "USER_AUTHORIZATION_NOT_GRANTED",
                                    "The user did not authorise the access.",
                                    "LOGIN_ERROR"));
        } else if (outcome.refusesLogin()) {
            ending.of(item.id(), outcome);
        } else {
            enter(item);
        }
    }

    private void enter(Item item) {
        ending.consent(item.id());
        notifier.item(item, "item/login_succeeded");
        move(item.id(), COLLECTING.get(0));
    }

    private void collect(Item item, Outcome outcome) {
        int at = COLLECTING.indexOf(item.state().executionStatus());
        if (!outcome.isGood()) {
            ending.of(item.id(), outcome);
        } else if (at < COLLECTING.size() - 1) {
            move(item.id(), COLLECTING.get(at + 1));
        } else {
            items.change(item.id(), before -> before.with(Item.State.of("MERGING", "MERGING"), clock.now()));
            schedule(item.id());
        }
    }

    private void move(String itemId, String executionStatus) {
        items.change(itemId, before -> before.with(Item.State.of("UPDATING", executionStatus), clock.now()));
        schedule(itemId);
    }
}
