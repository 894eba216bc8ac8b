package dev.afluente.connections.secret.vault;

import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.secret.UnopenableException;
import dev.afluente.connections.secret.UnopenableException.Reason;
import io.quarkus.vault.client.VaultClientException;
import io.quarkus.vault.transit.VaultBatchException;
import io.smallrye.mutiny.TimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/**
 * What a failed call to Vault means. Nothing of Vault's own exceptions is passed on: their texts hold the bodies of
 * answers, which can be keys.
 */
final class VaultFailures {
    private VaultFailures() {}

    /** Whether Vault understood the question and refused one of its items. */
    static boolean isRefusal(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof VaultBatchException || status(cause) == 400;
    }

    /** Why a single item was refused. */
    static UnopenableException refusal(Throwable failure) {
        Throwable cause = cause(failure);
        List<String> errors = cause instanceof VaultClientException client && client.getErrors() != null
                ? client.getErrors()
                : List.of();
        // "ciphertext or signature version is disallowed by policy (too old)", "invalid ciphertext: version is too new"
        boolean version =
                errors.stream().anyMatch(error -> error.toLowerCase(Locale.ROOT).contains("version"));
        return new UnopenableException(version ? Reason.UNKNOWN_KEY : Reason.NOT_AUTHENTIC);
    }

    /** Whether a connection was lost rather than an answer given: a repetition may find a better one. */
    static boolean isLostConnection(Throwable failure) {
        Throwable cause = cause(failure);
        return !(cause instanceof TimeoutException)
                && !(cause instanceof VaultBatchException)
                && !(cause instanceof SecretsAwayException)
                && status(cause) == 0;
    }

    /** Anything that is not a refusal of an item. */
    static SecretsAwayException away(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof SecretsAwayException away) {
            return away;
        }
        if (cause instanceof TimeoutException) {
            return new SecretsAwayException("no_answer");
        }
        return switch (status(cause)) {
            case 0 -> new SecretsAwayException("no_connection");
            case 403 -> new SecretsAwayException("denied");
            case 404 -> new SecretsAwayException("no_key");
            case 503 -> new SecretsAwayException("sealed");
            default -> new SecretsAwayException("status_" + status(cause));
        };
    }

    /** Zero without an answer. */
    private static int status(Throwable cause) {
        return cause instanceof VaultClientException client && client.getStatus() != null ? client.getStatus() : 0;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
