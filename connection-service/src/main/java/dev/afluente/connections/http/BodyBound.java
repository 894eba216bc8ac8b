package dev.afluente.connections.http;

import dev.afluente.model.http.BodyLimit;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Bodies are refused by the size they state, with a problem document. */
@Singleton
class BodyBound {
    void register(
            @Observes Router router, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        new BodyLimit(limit.asLongValue()).register(router);
    }
}
