package dev.afluente.connections.secret.start;

import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.secret.envelope.KeyWrapper;
import dev.afluente.connections.secret.envelope.KeysUnusableException;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * No key, no start: before anything else begins, the keys must be there. What is wrong is told in one sentence and no
 * stack trace. Blocks the start for {@code afluente.secrets.vault.start-patience} at most, and one deadline more.
 */
@Singleton
class SecretsStart {
    private static final Logger LOG = Logger.getLogger(SecretsStart.class);
    private static final int BEFORE_ALL_OTHERS = 1;
    private static final int EXIT_CODE = 78;

    private final Instance<KeyWrapper> keys;
    private final SecretsConfig config;

    SecretsStart(Instance<KeyWrapper> keys, SecretsConfig config) {
        this.keys = keys;
        this.config = config;
    }

    void begin(@Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent start) {
        try {
            await(keys.get(), System.nanoTime() + config.vault().startPatience().toNanos());
        } catch (KeysUnusableException e) {
            refuse(e.getMessage());
        } catch (SecretsAwayException e) {
            refuse("Vault (quarkus.vault.url) gives no key for secrets: " + e.getMessage()
                    + ". Without a key there is no start.");
        }
    }

    /** Nothing has begun yet that an orderly end would have to end; an exception would be told with its stack trace. */
    private static void refuse(String sentence) {
        LOG.error(sentence);
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        throw new IllegalStateException(sentence);
    }

    private static void await(KeyWrapper keys, long until) {
        Duration pause = Duration.ofMillis(500);
        Uni.createFrom()
                .deferred(keys::check)
                .onFailure(failure -> failure instanceof SecretsAwayException && System.nanoTime() < until)
                .call(() -> Uni.createFrom().voidItem().onItem().delayIt().by(pause))
                .onFailure(failure -> failure instanceof SecretsAwayException && System.nanoTime() < until)
                .retry()
                .indefinitely()
                .await()
                .indefinitely();
    }
}
