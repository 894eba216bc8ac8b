package dev.afluente.webhooks.signature.hmac;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a delivery is signed. All of it is configuration, because Pluggy says that it signs but not how in anything we could
 * read; confirm against its page "Webhook security" before production. Active once {@link #secrets()} is set.
 */
@ConfigMapping(prefix = "afluente.webhook.signature")
public interface SignatureConfig {

    /** The header that carries the signature or signatures. */
    @WithDefault("X-Pluggy-Signature")
    String header();

    @WithDefault("hmac-sha256")
    Algorithm algorithm();

    /** The text form of a signature: {@code hex} (all lower or all upper case), {@code base64} or {@code base64url}. */
    @WithDefault("hex")
    SignatureEncoding encoding();

    /** May precede a signature, and may be missing. Unset: {@code sha256=} or {@code sha512=}, after the algorithm. */
    Optional<String> prefix();

    /**
     * The text that is signed: {@code {body}} exactly once, and {@code {timestamp}} at most once, as the sender wrote it.
     * Everything else is literal.
     */
    @WithDefault("{body}")
    String template();

    /**
     * Every secret that is accepted now, comma separated; several while a rotation lasts. A delivery passes when any of its
     * signatures was made with any of them. No default.
     */
    Optional<List<String>> secrets();

    /** How {@link #secrets()} are written: {@code utf8} takes the characters as they stand. */
    @WithDefault("utf8")
    SecretEncoding secretEncoding();

    Fields fields();

    Timestamp timestamp();

    /** A header made of fields, such as {@code t=1700000000,v1=5257a8...,v1=6ff3...}. Active once {@link #signature()} is set. */
    interface Fields {

        /** The field that holds a signature; may come several times. Unknown fields are passed over. */
        Optional<String> signature();

        /** The field that holds the timestamp; at most once. */
        Optional<String> timestamp();

        /** Parts the fields: one character. Spaces around a field do not count. */
        @WithDefault(",")
        String separator();

        /** Parts a field's name from its value: one character. */
        @WithDefault("=")
        String assignment();
    }

    /** The moment of sending, when it is signed too. Limits how long a captured delivery can be played again. */
    interface Timestamp {

        /** The header that holds it, unless it is one of the {@link Fields}. */
        Optional<String> header();

        /** {@code seconds} or {@code milliseconds} since 1970, written as digits. */
        @WithDefault("seconds")
        Unit unit();

        /** The greatest distance from our clock, either way; the edge still passes. */
        @WithDefault("5m")
        Duration tolerance();
    }

    /** Unit of a timestamp. */
    enum Unit {
        SECONDS,
        MILLISECONDS
    }

    /** How a secret is written in the configuration. */
    enum SecretEncoding {
        UTF8,
        HEX,
        BASE64
    }
}
