package dev.afluente.sandbox.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.http.Answer;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.http.RateLimits;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The planted faults, in the order of their planting. A request meets delays of all rules that take it, and of the
 * others the first. Kept in memory only: a restart heals everything. Any thread.
 */
@Singleton
public class Faults {

    private final Vertx vertx;
    private final List<Planted> planted = new CopyOnWriteArrayList<>();
    private final Map<String, String> malformed = new ConcurrentHashMap<>();

    public Faults(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Planted(FaultRule rule, AtomicLong chances, AtomicLong taken) {

        boolean take() {
            return rule.often().takes(chances.getAndIncrement()) && claim();
        }

        boolean claim() {
            Integer times = rule.often().times();
            if (times == null) {
                taken.incrementAndGet();
                return true;
            }
            return taken.getAndUpdate(count -> count < times ? count + 1 : count) < times;
        }
    }

    void plant(FaultRule rule) {
        planted.add(new Planted(rule, new AtomicLong(), new AtomicLong()));
    }

    /** Heals everything. */
    public void clear() {
        planted.clear();
        malformed.clear();
    }

    ArrayNode list() {
        ArrayNode list = Json.array();
        planted.forEach(
                one -> list.add(one.rule().toJson().put("taken", one.taken().get())));
        return list;
    }

    /** Goes on with {@code next}, at once or later, unless a fault answers the request. */
    public void meet(RoutingContext context, Runnable next) {
        long delay = 0;
        FaultRule first = null;
        for (Planted one : planted) {
            if (!FaultRule.REQUEST_KINDS.contains(one.rule().kind())
                    || !one.rule().where().meets(context.request().method().name(), context.normalizedPath())
                    || (first != null && !one.rule().kind().equals("delay"))
                    || !one.take()) {
                continue;
            }
            if (one.rule().kind().equals("delay")) {
                delay += one.rule().effect().delayMs();
            } else {
                first = one.rule();
            }
        }
        FaultRule rule = first;
        Runnable then = rule == null ? next : () -> strike(rule, context, next);
        if (delay > 0) {
            vertx.setTimer(delay, id -> then.run());
        } else {
            then.run();
        }
    }

    private static void strike(FaultRule rule, RoutingContext context, Runnable next) {
        FaultRule.Effect effect = rule.effect();
        switch (rule.kind()) {
            case "reset" -> context.request().connection().close();
            case "truncate" -> {
                Answer.truncate(context);
                next.run();
            }
            case "rate_limit" -> RateLimits.refuse(context, 360, effect.retryAfter(), effect.retryAfter());
            case "quota" -> {
                String code = effect.codeDescription() == null
                        ? "OPEN_FINANCE_MONTHLY_LIMIT_REACHED"
                        : effect.codeDescription();
                fail(context, effect, code, "The monthly limit of the institution was reached");
            }
            default -> fail(context, effect, effect.codeDescription(), "Planted fault");
        }
    }

    private static void fail(RoutingContext context, FaultRule.Effect effect, String code, String message) {
        if (effect.retryAfter() > 0) {
            context.response().putHeader("Retry-After", Integer.toString(effect.retryAfter()));
        }
        Answer.error(context, PluggyError.of(effect.status(), code, message));
    }

    /** The first webhook fault that takes this event: duplicate, reorder, late or lose. */
    public Optional<FaultRule> ofEvent(String event) {
        for (Planted one : planted) {
            boolean meets = FaultRule.WEBHOOK_KINDS.contains(one.rule().kind())
                    && one.rule().where().meetsEvent(event);
            if (meets && one.take()) {
                return Optional.of(one.rule());
            }
        }
        return Optional.empty();
    }

    /** How a row is to be spoilt, or null; the answer for an id does not change while the fault stands. */
    public String spoils(String transactionId) {
        if (planted.isEmpty()) {
            return null;
        }
        String known = malformed.get(transactionId);
        if (known != null) {
            return known;
        }
        long hash = Draw.key(0, transactionId);
        for (Planted one : planted) {
            if (one.rule().kind().equals(FaultRule.MALFORMED_ROWS)
                    && one.rule().often().takes(hash)
                    && one.claim()) {
                String how = new Draw(hash, one.rule().often().seed()).of(Malformed.WAYS);
                malformed.put(transactionId, how);
                return how;
            }
        }
        return null;
    }

    /** The ids of the rows that have been served malformed, and how. */
    public Map<String, String> malformed() {
        return Map.copyOf(malformed);
    }
}
