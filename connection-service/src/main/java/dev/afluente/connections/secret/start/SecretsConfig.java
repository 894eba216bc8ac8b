package dev.afluente.connections.secret.start;

import dev.afluente.connections.secret.KeySource;
import dev.afluente.connections.secret.envelope.KeysUnusableException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Where the keys of secrets are. There is no default: without a choice the service does not start. */
@ConfigMapping(prefix = "afluente.secrets")
public interface SecretsConfig {
    /** {@code file} or {@code vault}. */
    Optional<String> keys();

    File file();

    Vault vault();

    Cache cache();

    /** Keys in a file, for machines without Vault. */
    interface File {
        /** One {@code name:base64 of 32 bytes} per line, newest first; mode 0600. */
        Optional<Path> path();

        /** How often the file is looked at for a new key; at least 100 ms. */
        @WithDefault("PT3S")
        Duration poll();
    }

    /** Keys in Vault's transit engine; how to reach it is in {@code quarkus.vault}. */
    interface Vault {
        /** The transit key's name; the key is made by whoever runs Vault, with {@code derived=true}. */
        @WithDefault("afluente-connections")
        String key();

        /** The longest one question to Vault may take, login and repetition included. */
        @WithDefault("PT3S")
        Duration deadline();

        /** How long a start waits for a Vault that does not answer before it gives up. */
        @WithDefault("PT10S")
        Duration startPatience();

        /** How often Vault is asked which version of the key is the newest; at least 100 ms. */
        @WithDefault("PT5S")
        Duration poll();
    }

    /** Unwrapped data keys in memory. */
    interface Cache {
        /** How long one is kept, and so how long a key that was withdrawn still opens what it opened a moment ago. */
        @WithDefault("PT1M")
        Duration age();

        /** How many are kept. */
        @WithDefault("1000")
        long most();
    }

    /** @throws KeysUnusableException when a setting is missing or none that can be meant */
    default KeySource source() {
        Duration least = Duration.ofMillis(100);
        if (file().poll().compareTo(least) < 0
                || vault().poll().compareTo(least) < 0
                || vault().deadline().compareTo(least) < 0
                || vault().startPatience().isNegative()
                || cache().age().compareTo(least) < 0
                || cache().most() < 0) {
            throw new KeysUnusableException(
                    "A duration or number under afluente.secrets is too small: durations are at least 0.1 s.");
        }
        return Arrays.stream(KeySource.values())
                .filter(source -> source.word().equals(keys().orElse("")))
                .findFirst()
                .orElseThrow(() -> new KeysUnusableException(
                        "Set afluente.secrets.keys to file or vault: without a key for secrets there is no start."));
    }

    /** @throws KeysUnusableException when there is none */
    default Path keyFile() {
        return file().path()
                .orElseThrow(() -> new KeysUnusableException(
                        "Set afluente.secrets.file.path to the file of keys, or afluente.secrets.keys to vault."));
    }
}
