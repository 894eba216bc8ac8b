package dev.afluente.connections.secret.vault;

import dev.afluente.connections.secret.SecretsAwayException;
import io.quarkus.vault.client.VaultClientException;
import io.quarkus.vault.transit.VaultBatchException;
import io.smallrye.mutiny.TimeoutException;
import java.util.concurrent.CompletionException;

/**
 * What a failed call to Vault means. Nothing of Vault's own exceptions is passed on: their texts hold the bodies of
 * answers, which can be keys.
 */
final class VaultFailures {
    private VaultFailures() {}

    /** Whether a connection was lost rather than an answer given: a repetition may find a better one. */
    static boolean isLostConnection(Throwable failure) {
        Throwable cause = cause(failure);
        return !(cause instanceof TimeoutException)
                && !(cause instanceof VaultBatchException)
                && !(cause instanceof SecretsAwayException)
                && status(cause) == 0;
    }

    /** Anything that holds no results. */
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

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
