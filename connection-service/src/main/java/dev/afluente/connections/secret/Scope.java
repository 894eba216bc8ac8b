package dev.afluente.connections.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Whose secret it is and what for. A secret opens under the scope it was sealed under and no other: the scope is
 * authenticated with every ciphertext.
 *
 * @param tenant at most {@value #MAX_TENANT} characters
 * @param connection the connection's id
 * @param purpose a word of the code's, e.g. {@code consent.refresh-token}: lower case, at most 64 characters
 */
public record Scope(String tenant, UUID connection, String purpose) {
    private static final int MAX_TENANT = 200;
    private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    /** Changes when the encoding below changes, so that no encoding of one version is one of another. */
    private static final String LABEL = "afluente.secret.1";

    public Scope {
        if (tenant.isEmpty() || tenant.length() > MAX_TENANT) {
            throw new IllegalArgumentException("A tenant has 1 to " + MAX_TENANT + " characters");
        }
        utf8(tenant);
        if (connection == null || !PURPOSE.matcher(purpose).matches()) {
            throw new IllegalArgumentException("A scope names a connection and a purpose");
        }
    }

    /**
     * Returns the scope as the bytes that are authenticated: every part with its length before it, so that no two scopes
     * and no two uses have the same bytes.
     *
     * @param use what is protected with them, e.g. {@code content}
     */
    public byte[] boundTo(String use) {
        byte[][] parts = {utf8(LABEL), utf8(use), utf8(tenant), id(), utf8(purpose)};
        int length = 0;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            bytes.putInt(part.length).put(part);
        }
        return bytes.array();
    }

    private byte[] id() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(connection.getMostSignificantBits())
                .putLong(connection.getLeastSignificantBits())
                .array();
    }

    private static byte[] utf8(String text) {
        try {
            // String.getBytes would turn every unpaired surrogate into the same question mark
            ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A scope is made of Unicode text", e);
        }
    }
}
