package dev.afluente.connections.secret.vault;

import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.secret.envelope.WrappedKey;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Transit's ciphertexts, {@code vault:v<version>:<base64>}, as wrapped keys. */
final class VaultText {
    private static final Pattern TEXT = Pattern.compile("vault:v([1-9]\\d{0,8}):([A-Za-z0-9+/]+={0,2})");

    private VaultText() {}

    static String of(WrappedKey key) {
        byte[] bytes = Base64.getUrlDecoder().decode(key.wrapped());
        return "vault:v" + key.keyId() + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    /** @throws SecretsAwayException when Vault's answer is none */
    static WrappedKey read(String text) {
        Matcher parts = TEXT.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            throw new SecretsAwayException("odd_answer");
        }
        byte[] bytes = Base64.getDecoder().decode(parts.group(2));
        return new WrappedKey(
                parts.group(1), Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
