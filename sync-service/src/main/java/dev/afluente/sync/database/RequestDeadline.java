package dev.afluente.sync.database;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How long somebody at the API still waits for the database. Travels with the request's own context, over all its transactions
 * from the first on, and ends with the answer: work that nobody waits for has no deadline beyond PostgreSQL's own limits.
 */
@Singleton
class RequestDeadline {
    private static final String KEY = RequestDeadline.class.getName();

    /** Before every other route. */
    private static final int FIRST = -100_000;

    private final long nanos;

    /** @param deadline longer than PostgreSQL lets a statement take */
    RequestDeadline(@ConfigProperty(name = "afluente.database.deadline", defaultValue = "PT22S") Duration deadline) {
        this.nanos = deadline.toNanos();
    }

    void register(@Observes Router router) {
        router.route("/api/*").order(FIRST).handler(this::begin);
    }

    private void begin(RoutingContext request) {
        Context own = Vertx.currentContext();
        if (VertxContext.isDuplicatedContext(own)) {
            own.putLocal(KEY, new Wait(nanos));
            request.addEndHandler(ended -> own.removeLocal(KEY));
        }
        request.next();
    }

    /** Milliseconds left to the request that is being answered here, at least 1; 0 when there is none or it was given up. */
    static long left() {
        Context here = Vertx.currentContext();
        if (here == null || !VertxContext.isDuplicatedContext(here)) {
            return 0;
        }
        return here.getLocal(KEY) instanceof Wait wait ? wait.left() : 0;
    }

    /** Lives on one request's context. */
    private static final class Wait {
        private final long nanos;
        private long end;
        private boolean begun;

        Wait(long nanos) {
            this.nanos = nanos;
        }

        long left() {
            if (!begun) {
                begun = true;
                end = System.nanoTime() + nanos;
            }
            long left = end - System.nanoTime();
            return left <= 0 ? 0 : Math.max(1, left / 1_000_000);
        }
    }
}
