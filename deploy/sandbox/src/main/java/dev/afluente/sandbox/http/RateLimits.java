package dev.afluente.sandbox.http;

import dev.afluente.sandbox.SandboxConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pluggy's documented limits per endpoint, address and minute (docs.pluggy.ai, "Rate limits"): a 429 carries
 * {@code RateLimit-Limit}, {@code RateLimit-Reset} in seconds, and {@code Retry-After}, which is always 60. Any thread.
 */
@Singleton
public class RateLimits {

    private static final long MINUTE_MILLIS = 60_000;
    private static final int DOCUMENTED = 360;
    private static final int ITEM_UPDATES = 20;

    private final SandboxConfig.RateLimits config;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    public RateLimits(SandboxConfig config) {
        this.config = config.rateLimits();
    }

    private record Window(long minute, AtomicInteger used) {}

    private record Limit(String counter, int perMinute) {}

    /** True when the request may go on; otherwise it has been answered. */
    boolean allow(RoutingContext context) {
        Limit limit = config.enabled() ? limit(context) : null;
        if (limit == null) {
            return true;
        }
        long now = clock.millis();
        long minute = now / MINUTE_MILLIS;
        String key = limit.counter() + " " + context.request().remoteAddress().hostAddress();
        Window window = windows.compute(
                key,
                (any, known) ->
                        known == null || known.minute() != minute ? new Window(minute, new AtomicInteger()) : known);
        if (window.used().incrementAndGet() <= limit.perMinute()) {
            return true;
        }
        long reset = (MINUTE_MILLIS - now % MINUTE_MILLIS + 999) / 1000;
        refuse(context, limit.perMinute(), reset, 60);
        return false;
    }

    /** Answers 429 with the three headers. */
    public static void refuse(RoutingContext context, int limit, long resetSeconds, long retryAfterSeconds) {
        context.response()
                .putHeader("RateLimit-Limit", Integer.toString(limit))
                .putHeader("RateLimit-Reset", Long.toString(resetSeconds))
                .putHeader("Retry-After", Long.toString(retryAfterSeconds));
        Answer.error(
                context,
                PluggyError.of(
                        429, null, "Too many requests, please wait the time indicated by the Retry-After header"));
    }

    /** All counters start anew. */
    public void reset() {
        windows.clear();
    }

    private Limit limit(RoutingContext context) {
        String path = context.normalizedPath();
        String method = context.request().method().name();
        return switch (method) {
            case "POST" -> path.equals("/auth") ? new Limit("auth", DOCUMENTED) : null;
            case "PATCH" -> path.startsWith("/items/") ? new Limit("items", ITEM_UPDATES) : null;
            case "GET" -> read(path);
            default -> null;
        };
    }

    private Limit read(String path) {
        if (path.equals("/v2/transactions")) {
            return new Limit("pages", config.transactionPages());
        }
        for (String counter : new String[] {"accounts", "transactions", "investments"}) {
            if (path.equals("/" + counter) || (path.startsWith("/" + counter + "/") && isId(path))) {
                return new Limit(counter, DOCUMENTED);
            }
        }
        return null;
    }

    /** True for {@code /things/{id}}, not for what lies below an id. */
    private static boolean isId(String path) {
        return path.indexOf('/', 1) == path.lastIndexOf('/');
    }
}
