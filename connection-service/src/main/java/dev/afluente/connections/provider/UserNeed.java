package dev.afluente.connections.provider;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a person has to do before a link works again. Members that do not apply are null. Texts are the provider's own
 * words for this person, in Portuguese.
 *
 * @param reason the provider's stable code for the cause, e.g. {@code INVALID_CREDENTIALS}
 * @param question what to ask for; only for {@link Kind#MFA}
 * @param url where to go; only when the act happens at the bank's own site
 * @param expiresAt when the act comes too late
 * @param sealed the {@link Words} as they may be stored; null when there are none, or nobody has sealed them
 */
public record UserNeed(
        Kind kind,
        String reason,
        String instructions,
        Question question,
        String url,
        Instant expiresAt,
        String sealed) {
    /** A need as a provider tells it. */
    public UserNeed(Kind kind, String reason, String instructions, Question question, String url, Instant expiresAt) {
        this(kind, reason, instructions, question, url, expiresAt, null);
    }

    /**
     * What the bank told this person and nobody else: a telephone's last digits, a picture, an address that is as good
     * as a key.
     */
    public record Words(String instructions, Question question, String url) {}

    /** Returns the bank's words; null when there are none. */
    public Words words() {
        return instructions == null && question == null && url == null ? null : new Words(instructions, question, url);
    }

    /** Returns this need with other words, or with none. */
    public UserNeed saying(Words words) {
        return words == null
                ? new UserNeed(kind, reason, null, null, null, expiresAt, sealed)
                : new UserNeed(kind, reason, words.instructions(), words.question(), words.url(), expiresAt, sealed);
    }

    /** Returns this need with its words sealed beside them. */
    public UserNeed sealedAs(String text) {
        return new UserNeed(kind, reason, instructions, question, url, expiresAt, text);
    }

    /** Leaves out what the bank told the person. */
    @Override
    public String toString() {
        return "UserNeed[" + kind + ", " + reason + "]";
    }

    /** What sort of act it is. */
    public enum Kind {
        /** Give the credentials anew. */
        LOGIN,
        /** Answer a question of the bank. */
        MFA,
        /** Give or renew the consent at the bank. */
        CONSENT,
        /** Do something at the bank, as told in the instructions. */
        ACTION
    }

    /**
     * A value to ask the person for.
     *
     * @param name the name under which the answer is given back
     * @param type e.g. {@code number}, {@code text}, {@code select}, {@code image}; an open enumeration
     * @param validation a regular expression the answer has to match
     * @param image base64 of a picture to show
     * @param options the choices of a {@code select}, otherwise empty
     */
    public record Question(
            @Schema(nullable = true) String name,
            @Schema(nullable = true) String label,
            @Schema(nullable = true) String type,
            @Schema(nullable = true) String validation,
            @Schema(nullable = true) String image,
            List<Option> options) {}

    /** One choice. */
    public record Option(
            @Schema(nullable = true) String value,
            @Schema(nullable = true) String label) {}
}
