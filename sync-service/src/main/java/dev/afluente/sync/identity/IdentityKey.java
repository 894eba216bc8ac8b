package dev.afluente.sync.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The key without which nobody can tell from the database whose account a hash stands for: the numbers of a bank's
 * accounts can all be tried. Comes from {@code afluente.identity.key} (base64 of 32 bytes, e.g. from Vault) or from the
 * first line, {@code name:base64}, of the file {@code afluente.identity.key-file}; with neither, or both, the service
 * does not start. Another key makes every account unrecognisable to a re-link until it has been read once more.
 */
@ApplicationScoped
public class IdentityKey {
    private static final int BYTES = 32;

    private final SecretKeySpec key;

    @Inject
    public IdentityKey(
            @ConfigProperty(name = "afluente.identity.key") Optional<String> key,
            @ConfigProperty(name = "afluente.identity.key-file") Optional<String> file) {
        if (key.isPresent() == file.isPresent()) {
            throw unusable("needs either afluente.identity.key or afluente.identity.key-file");
        }
        this.key = new SecretKeySpec(decoded(key.orElseGet(() -> read(Path.of(file.orElseThrow())))), "HmacSHA256");
    }

    /** For a proxy, as scopes need one. */
    IdentityKey() {
        this.key = null;
    }

    void start(@Observes StartupEvent started) {
        // Observed so that a missing key is found at the start and not at the first account.
    }

    /** Returns the HMAC-SHA256 of a text. */
    byte[] hash(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static String read(Path file) {
        try {
            String line = Files.readAllLines(file).stream()
                    .filter(each -> !each.isBlank() && !each.startsWith("#"))
                    .findFirst()
                    .orElseThrow(() -> unusable("file holds none"));
            return line.substring(line.indexOf(':') + 1).strip();
        } catch (IOException e) {
            throw unusable("file cannot be read");
        }
    }

    private static byte[] decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Refused below; the text may be a key with a slip of the pen, and is told to nobody.
        }
        throw unusable("is not the base64 of 32 bytes");
    }

    private static IllegalStateException unusable(String why) {
        return new IllegalStateException("The key of account identities " + why + ".");
    }
}
