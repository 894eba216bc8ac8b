package dev.afluente.connections.secret.start;

import dev.afluente.connections.secret.KeySource;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.envelope.EnvelopeSealer;
import dev.afluente.connections.secret.envelope.KeyWrapper;
import dev.afluente.connections.secret.envelope.KeysUnusableException;
import dev.afluente.connections.secret.file.FileKeys;
import dev.afluente.connections.secret.vault.VaultKeys;
import io.quarkus.vault.VaultTransitSecretReactiveEngine;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the keys that the settings name, and looks after them every few seconds, on worker threads. */
@Singleton
class Keys {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "[::1]", "localhost");

    private final Vertx vertx;
    private final SecretsConfig config;
    private long timer = -1;

    Keys(Vertx vertx, SecretsConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    @Produces
    @Singleton
    KeyWrapper wrapper(
            Instance<VaultTransitSecretReactiveEngine> engine,
            @ConfigProperty(name = "quarkus.vault.url") Optional<URI> vault) {
        if (config.source() == KeySource.FILE) {
            FileKeys keys = new FileKeys(config.keyFile());
            every(config.file().poll().toMillis(), keys::refresh);
            return keys;
        }
        refuseOpenLine(vault.orElseThrow(
                () -> new KeysUnusableException("Set quarkus.vault.url: afluente.secrets.keys is vault.")));
        VaultKeys keys =
                new VaultKeys(engine::get, config.vault().key(), config.vault().deadline());
        // a failure is told by readiness, and by the next caller
        every(config.vault().poll().toMillis(), () -> keys.check().subscribe().with(done -> {}, failure -> {}));
        return keys;
    }

    @Produces
    @Singleton
    Sealer sealer(KeyWrapper wrapper) {
        return new EnvelopeSealer(wrapper, config.cache().most(), config.cache().age());
    }

    private static void refuseOpenLine(URI vault) {
        if (!"https".equals(vault.getScheme()) && !LOOPBACK.contains(String.valueOf(vault.getHost()))) {
            throw new KeysUnusableException(
                    "quarkus.vault.url must be https: keys and tokens pass there. Plain http is for this machine only.");
        }
    }

    private synchronized void every(long millis, Runnable look) {
        timer = vertx.setPeriodic(
                millis,
                tick -> vertx.executeBlocking(() -> {
                    look.run();
                    return null;
                }));
    }

    @PreDestroy
    synchronized void end() {
        vertx.cancelTimer(timer);
    }
}
