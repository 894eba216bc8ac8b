package dev.afluente.webhooks.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The OpenAPI document of the door, as it stands in the resources. For operators: the gateway routes the API only. */
@Singleton
class DocumentRoute {
    private static final String PATH = "/q/openapi";

    private final Buffer document;

    DocumentRoute() {
        try (InputStream file = DocumentRoute.class.getResourceAsStream("/openapi.json")) {
            document = Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(context -> context.response()
                .putHeader("content-type", "application/json")
                .end(document));
    }
}
