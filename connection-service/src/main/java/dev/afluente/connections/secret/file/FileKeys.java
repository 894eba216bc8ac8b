package dev.afluente.connections.secret.file;

import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.KeySource;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.UnopenableException;
import dev.afluente.connections.secret.UnopenableException.Reason;
import dev.afluente.connections.secret.envelope.Aead;
import dev.afluente.connections.secret.envelope.KeyWrapper;
import dev.afluente.connections.secret.envelope.KeysUnusableException;
import dev.afluente.connections.secret.envelope.WrappedKey;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Wraps with the first key of a file and unwraps with any of its keys. A changed file is taken over while the service
 * runs: at {@link #refresh}, and when a key is met that is not known yet. A broken file changes nothing: the keys read
 * before stay, and it is told once. Thread-safe; only {@link #refresh} and the constructor touch the disk.
 */
public final class FileKeys implements KeyWrapper {
    private static final Logger LOG = Logger.getLogger(FileKeys.class);
    private static final String USE = "key.";

    private final KeyFile file;
    private final Executor worker;
    private volatile Keys keys;
    private KeyFile.Stamp seen;

    /** @param newest the name of the key that wraps */
    private record Keys(String newest, Map<String, byte[]> byName) {
        static Keys of(Map<String, byte[]> byName) {
            return new Keys(byName.keySet().iterator().next(), byName);
        }
    }

    /** @throws KeysUnusableException when the file cannot be used */
    public FileKeys(Path path) {
        this(path, Infrastructure.getDefaultWorkerPool());
    }

    FileKeys(Path path, Executor worker) {
        this.file = new KeyFile(path);
        this.worker = worker;
        this.seen = file.stamp();
        this.keys = Keys.of(file.read());
    }

    @Override
    public KeySource source() {
        return KeySource.FILE;
    }

    @Override
    public Uni<WrappedKey> wrap(Scope scope, byte[] dataKey) {
        return Uni.createFrom().item(() -> wrapNow(scope, dataKey));
    }

    @Override
    public Uni<List<Attempt<byte[]>>> unwrap(List<WrappedKey.Of> wrapped) {
        return known(wrapped).map(ready -> wrapped.stream().map(this::unwrapNow).toList());
    }

    @Override
    public Uni<List<Attempt<WrappedKey>>> rewrap(List<WrappedKey.Of> wrapped) {
        return known(wrapped).map(ready -> wrapped.stream().map(this::rewrapNow).toList());
    }

    @Override
    public boolean current(String keyId) {
        return keys.newest().equals(keyId);
    }

    /** Always succeeds: the keys are in memory. */
    @Override
    public Uni<Void> check() {
        return Uni.createFrom().voidItem();
    }

    /** Reads the file again when it changed. Blocking. */
    public synchronized void refresh() {
        KeyFile.Stamp stamp = file.stamp();
        if (Objects.equals(stamp, seen)) {
            return;
        }
        seen = stamp;
        try {
            keys = Keys.of(file.read());
            LOG.infof("The key file was read again: %d keys, the newest is %s", keys.byName.size(), keys.newest());
        } catch (KeysUnusableException e) {
            LOG.warnf("%s The keys read before stay in use.", e.getMessage());
        }
    }

    /** Another instance may have met the new file first: an unknown key is a reason to look. */
    private Uni<Boolean> known(List<WrappedKey.Of> wrapped) {
        boolean all = wrapped.stream()
                .allMatch(one -> keys.byName().containsKey(one.key().keyId()));
        return all
                ? Uni.createFrom().item(true)
                : Uni.createFrom()
                        .item(() -> {
                            refresh();
                            return true;
                        })
                        .runSubscriptionOn(worker);
    }

    private WrappedKey wrapNow(Scope scope, byte[] dataKey) {
        Keys now = keys;
        byte[] wrapped = Aead.encrypt(now.byName().get(now.newest()), dataKey, scope.boundTo(USE + now.newest()));
        return new WrappedKey(
                now.newest(), Base64.getUrlEncoder().withoutPadding().encodeToString(wrapped));
    }

    private Attempt<byte[]> unwrapNow(WrappedKey.Of one) {
        String name = one.key().keyId();
        byte[] key = keys.byName().get(name);
        if (key == null) {
            return Attempt.failed(new UnopenableException(Reason.UNKNOWN_KEY));
        }
        return Attempt.of(one.key().wrapped())
                .then(wrapped -> Aead.decrypt(
                        key, Base64.getUrlDecoder().decode(wrapped), one.scope().boundTo(USE + name)));
    }

    private Attempt<WrappedKey> rewrapNow(WrappedKey.Of one) {
        return unwrapNow(one).then(dataKey -> {
            try {
                return wrapNow(one.scope(), dataKey);
            } finally {
                Arrays.fill(dataKey, (byte) 0);
            }
        });
    }
}
