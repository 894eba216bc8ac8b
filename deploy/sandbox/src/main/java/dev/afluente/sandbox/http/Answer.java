package dev.afluente.sandbox.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends JSON, cut off in the middle where a fault asks for it. */
public final class Answer {

    private static final String TRUNCATE = "sandbox.truncate";

    private Answer() {}

    /** The answer of this request will end halfway through its body, with the connection. */
    public static void truncate(RoutingContext context) {
        context.put(TRUNCATE, true);
    }

    public static void json(RoutingContext context, int status, byte[] body) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("content-type", "application/json; charset=utf-8");
        if (Boolean.TRUE.equals(context.get(TRUNCATE))) {
            response.putHeader("content-length", Integer.toString(body.length));
            response.write(Buffer.buffer(body).slice(0, body.length / 2))
                    .onComplete(written -> context.request().connection().close());
            return;
        }
        response.end(Buffer.buffer(body));
    }

    public static void error(RoutingContext context, PluggyError error) {
        json(context, error.status(), error.toBytes());
    }
}
