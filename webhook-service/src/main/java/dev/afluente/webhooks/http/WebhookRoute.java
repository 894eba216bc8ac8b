package dev.afluente.webhooks.http;

import dev.afluente.webhooks.health.Tally;
import dev.afluente.webhooks.intake.Admission;
import dev.afluente.webhooks.intake.Intake;
import dev.afluente.webhooks.intake.IntakeConfig;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one path of this service, with and without a slash at its end. A Vert.x route and no REST resource, because only here a
 * body can be counted while it arrives, and refused before it is held. Any media type is taken: what counts is the signed
 * bytes.
 */
@Singleton
public class WebhookRoute {

    static final String PATH = "/api/banking/webhooks/pluggy";

    /** Ahead of the framework's look at who is calling (order -200): nobody logs in here. */
    private static final int AHEAD = -1_000;

    final Intake intake;
    final Admission admission;
    final Answers answers;
    final Tally tally;
    final int maxBodySize;
    private final long deadlineMillis;
    private final Map<Context, EventLoop> loops = new ConcurrentHashMap<>();

    WebhookRoute(Intake intake, Admission admission, Answers answers, Tally tally, IntakeConfig config) {
        config.validate();
        this.intake = intake;
        this.admission = admission;
        this.answers = answers;
        this.tally = tally;
        this.maxBodySize = Math.toIntExact(config.maxBodySize().asLongValue());
        this.deadlineMillis = config.deadline().toMillis();
    }

    void register(@Observes Router router) {
        router.post(PATH).order(AHEAD).handler(this::take);
        router.post(PATH + "/").order(AHEAD).handler(this::take);
        router.route(PATH).handler(context -> answers.onlyPost(context.response()));
        router.route(PATH + "/").handler(context -> answers.onlyPost(context.response()));
    }

    /** The one of the event loop to which a request's context belongs. */
    EventLoop loop(Context request) {
        return loops.computeIfAbsent(VertxContext.getRootContext(request), root -> EventLoop.of(root, deadlineMillis));
    }

    private void take(RoutingContext context) {
        HttpServerRequest request = context.request();
        new Exchange(this, request, context.vertx()).start();
    }
}
