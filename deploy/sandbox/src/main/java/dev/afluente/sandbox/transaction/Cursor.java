package dev.afluente.sandbox.transaction;

import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a page ended: base64 of {@code date|transaction id}, as in Pluggy's OpenAPI example. Sent as it is, with {@code =}
 * and {@code +} unescaped, as Pluggy does.
 */
record Cursor(Instant date, String transactionId) {

    /** @throws PluggyError 400 "Invalid cursor" */
    static Cursor parse(String text) {
        try {
            String plain = new String(Base64.getDecoder().decode(text.replace(' ', '+')), StandardCharsets.UTF_8);
            int bar = plain.indexOf('|');
            if (bar > 0) {
                return new Cursor(Instant.parse(plain.substring(0, bar)), plain.substring(bar + 1));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw PluggyError.badRequest("Invalid cursor");
        }
        throw PluggyError.badRequest("Invalid cursor");
    }

    String format() {
        String plain = Json.time(date) + "|" + transactionId;
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
