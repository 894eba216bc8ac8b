package dev.afluente.model.pluggy;

import dev.afluente.model.pluggy.PluggyPages.ApiKey;
import dev.afluente.model.pluggy.PluggyPages.ClientKeys;
import dev.afluente.model.pluggy.failure.PluggyException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import java.time.Clock;
import java.util.function.BiFunction;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The way to call Pluggy: every call gets the shared key, and a call whose key Pluggy refuses is repeated once, whole,
 * with a new one. Anything else fails with what the client raised. Continues on the caller's own Vert.x context, even
 * when somebody else's call brought the key.
 */
@ApplicationScoped
public class PluggySession {
    private final PluggyClient client;
    private final PluggyKeys keys;

    @Inject
    public PluggySession(@RestClient PluggyClient client, PluggyConfig config) {
        this(client, config, Clock.systemUTC());
    }

    PluggySession(PluggyClient client, PluggyConfig config, Clock clock) {
        ClientKeys credentials = new ClientKeys(
                config.clientId().orElseThrow(() -> missing("client-id")),
                config.clientSecret().orElseThrow(() -> missing("client-secret")));
        this.client = client;
        this.keys = new PluggyKeys(
                () -> client.authenticate(credentials).map(PluggySession::key), config.keyRenewal(), clock);
    }

    /**
     * Makes one call.
     *
     * @param request takes the client and the key; may run twice
     */
    public <T> Uni<T> call(BiFunction<PluggyClient, String, Uni<T>> request) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            return keys.key().emitOn(task -> resume(caller, task)).chain(key -> request.apply(client, key)
                    .onFailure(PluggySession::isRefusedKey)
                    .recoverWithUni(refusal -> keys.otherThan(key)
                            .emitOn(task -> resume(caller, task))
                            .chain(renewed -> request.apply(client, renewed))));
        });
    }

    private static String key(ApiKey answer) {
        if (answer == null || answer.apiKey() == null || answer.apiKey().isBlank()) {
            // Kept, it would be refused by every call until it is due.
            throw new ProcessingException("Pluggy's answer holds no API key");
        }
        return answer.apiKey();
    }

    private static boolean isRefusedKey(Throwable failure) {
        return failure instanceof PluggyException answer && answer.refusesKey();
    }

    private static void resume(Context caller, Runnable task) {
        if (caller == null || caller == Vertx.currentContext()) {
            task.run();
        } else {
            caller.runOnContext(ignored -> task.run());
        }
    }

    private static IllegalStateException missing(String property) {
        return new IllegalStateException("afluente.pluggy." + property + " is not set");
    }
}
