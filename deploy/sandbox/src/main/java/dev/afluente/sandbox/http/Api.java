package dev.afluente.sandbox.http;

import dev.afluente.sandbox.auth.Caller;
import dev.afluente.sandbox.auth.Keys;
import dev.afluente.sandbox.fault.Faults;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Registers Pluggy's endpoints. Every request passes, in this order: planted faults, the rate limit, the check of the
 * key, the endpoint. Endpoints run on the event loop and must return within milliseconds.
 */
@Singleton
public class Api {

    private static final Logger LOG = Logger.getLogger(Api.class);
    private static final long BODY_LIMIT_BYTES = 1 << 20;

    private final Keys keys;
    private final Faults faults;
    private final RateLimits limits;

    public Api(Keys keys, Faults faults, RateLimits limits) {
        this.keys = keys;
        this.faults = faults;
        this.limits = limits;
    }

    /** Answers with the body of a 200. Returning null means that the endpoint answers by itself. */
    @FunctionalInterface
    public interface Endpoint {
        byte[] answer(Call call);
    }

    /** For everybody. */
    public void open(Router router, HttpMethod method, String path, Endpoint endpoint) {
        register(router, method, path, context -> run(context, Caller.APPLICATION, endpoint));
    }

    /** For API keys. */
    public void keyed(Router router, HttpMethod method, String path, Endpoint endpoint) {
        register(router, method, path, context -> {
            Caller caller = caller(context);
            if (caller != null && caller.isWidget()) {
                caller = null;
            }
            admit(context, caller, endpoint);
        });
    }

    /** For API keys and connect tokens; the endpoint must keep a widget to its own item. */
    public void shared(Router router, HttpMethod method, String path, Endpoint endpoint) {
        register(router, method, path, context -> admit(context, caller(context), endpoint));
    }

    /** The simulator's own control paths: no key, no limit, no faults. */
    public void control(Router router, HttpMethod method, String path, Endpoint endpoint) {
        router.route(method, path)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES))
                .handler(context -> run(context, Caller.APPLICATION, endpoint));
    }

    private void register(Router router, HttpMethod method, String path, Consumer<RoutingContext> next) {
        router.route(method, path)
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT_BYTES))
                .handler(context -> faults.meet(context, () -> {
                    if (limits.allow(context)) {
                        next.accept(context);
                    }
                }));
    }

    private Caller caller(RoutingContext context) {
        String token = context.request().getHeader("X-API-KEY");
        return token == null ? null : keys.check(token).orElse(null);
    }

    /** The refusal has no {@code codeDescription}: that is how clients tell it from a refusal with a reason. */
    private static void admit(RoutingContext context, Caller caller, Endpoint endpoint) {
        if (caller == null) {
            Answer.error(context, PluggyError.of(403, null, "Missing or invalid authorization token"));
        } else {
            run(context, caller, endpoint);
        }
    }

    private static void run(RoutingContext context, Caller caller, Endpoint endpoint) {
        try {
            byte[] body = endpoint.answer(new Call(context, caller));
            if (body != null) {
                Answer.json(context, 200, body);
            }
        } catch (PluggyError error) {
            Answer.error(context, error);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s %s failed", context.request().method(), context.normalizedPath());
            Answer.error(context, PluggyError.of(500, "INTERNAL_SERVER_ERROR", "Internal Server Error"));
        }
    }
}
