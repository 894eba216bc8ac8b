package dev.afluente.connections.provider;

import java.time.Instant;
import java.util.List;

/**
 * What a person has to do before a link works again. Members that do not apply are null. Texts are the provider's own
 * words for this person, in Portuguese.
 *
 * @param reason the provider's stable code for the cause, e.g. {@code INVALID_CREDENTIALS}
 * @param question what to ask for; only for {@link Kind#MFA}
 * @param url where to go; only when the act happens at the bank's own site
 * @param expiresAt when the act comes too late
 */
public record UserNeed(
        Kind kind, String reason, String instructions, Question question, String url, Instant expiresAt) {

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
            String name, String label, String type, String validation, String image, List<Option> options) {}

    /** One choice. */
    public record Option(String value, String label) {}
}
