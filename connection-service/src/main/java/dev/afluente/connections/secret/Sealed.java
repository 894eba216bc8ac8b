package dev.afluente.connections.secret;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A secret that nobody can read without its key: what is stored. Its text form is
 * {@code s1.<source>.<key id>.<wrapped data key>.<nonce, ciphertext and tag>}, binary parts in base64url without padding.
 * There is exactly one text for each sealed secret, so a changed character is never the same secret.
 *
 * @param source where the wrapping key is
 * @param keyId which key there: a name in the key file, a version number in Vault
 * @param wrapped the data key, encrypted, as in the text
 * @param content nonce, ciphertext and tag, as in the text
 */
public record Sealed(KeySource source, String keyId, String wrapped, String content) {
    /** Characters of the longest text; more is refused unread. */
    public static final int MAX_TEXT = 128 * 1024;

    private static final String FORMAT = "s1";
    private static final String BINARY = "[A-Za-z0-9_-]+";
    private static final String KEY_ID = "[A-Za-z0-9_-]{1,64}";
    private static final Pattern TEXT =
            Pattern.compile(FORMAT + "\\.(file|vault)\\.(" + KEY_ID + ")\\.(" + BINARY + ")\\.(" + BINARY + ")");

    /**
     * Reads the text form.
     *
     * @throws UnopenableException when it is not one
     */
    public static Sealed parse(String text) {
        if (text == null || text.length() > MAX_TEXT) {
            throw new UnopenableException(UnopenableException.Reason.MALFORMED);
        }
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || !canonical(parts.group(3)) || !canonical(parts.group(4))) {
            throw new UnopenableException(UnopenableException.Reason.MALFORMED);
        }
        KeySource source = parts.group(1).equals(KeySource.FILE.word()) ? KeySource.FILE : KeySource.VAULT;
        return new Sealed(source, parts.group(2), parts.group(3), parts.group(4));
    }

    /** The form that is stored in a {@code text} column. */
    public String text() {
        return String.join(".", FORMAT, source.word(), keyId, wrapped, content);
    }

    /** Names the key only. */
    @Override
    public String toString() {
        return "Sealed[" + source.word() + ", " + keyId + "]";
    }

    /** The decoder overlooks bits that the last character has to spare: two texts would be one secret. */
    private static boolean canonical(String binary) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Base64.getUrlDecoder().decode(binary))
                    .equals(binary);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
