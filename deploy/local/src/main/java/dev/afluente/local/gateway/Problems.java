package dev.afluente.local.gateway;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The gateway's own answers when it cannot pass a request on: problem documents (RFC 9457) as the services send them. */
final class Problems {
    static final String CONTENT_TYPE = "application/problem+json";

    private Problems() {}

    static String body(int status, String code, String title) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .encode();
    }

    static void send(HttpServerResponse response, int status, String code, String title) {
        if (!response.ended() && !response.headWritten()) {
            response.setStatusCode(status)
                    .putHeader("content-type", CONTENT_TYPE)
                    .end(body(status, code, title));
        }
    }
}
