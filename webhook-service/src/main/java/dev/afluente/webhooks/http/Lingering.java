package dev.afluente.webhooks.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Closes a connection whose request was answered before it had arrived in full. Closing at once, with bytes unread, would reset
 * the connection and could destroy the answer on its way (RFC 9112, 9.6): so what still comes is thrown away for a moment, at
 * most {@value #MOST_BYTES} bytes and {@value #MOST_MILLIS} ms. Lives on the request's event loop.
 */
final class Lingering {

    private static final int MOST_BYTES = 1 << 20;
    private static final long MOST_MILLIS = 1_000;

    private final HttpServerRequest request;
    private final Vertx vertx;
    private long timer;
    private int discarded;

    private Lingering(HttpServerRequest request, Vertx vertx) {
        this.request = request;
        this.vertx = vertx;
    }

    static void close(HttpServerRequest request, Vertx vertx) {
        Lingering lingering = new Lingering(request, vertx);
        lingering.timer = vertx.setTimer(MOST_MILLIS, over -> lingering.end());
        request.exceptionHandler(gone -> lingering.end());
        request.endHandler(end -> lingering.end());
        request.handler(piece -> {
            lingering.discarded += piece.length();
            if (lingering.discarded > MOST_BYTES) {
                lingering.end();
            }
        });
    }

    private void end() {
        vertx.cancelTimer(timer);
        if (request.version() == HttpVersion.HTTP_2) {
            // Only this request's stream ends; the others on the connection go on.
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
