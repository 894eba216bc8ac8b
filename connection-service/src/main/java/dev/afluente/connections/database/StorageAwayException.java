package dev.afluente.connections.database;

/** PostgreSQL cannot be reached, is not ready yet, or did not answer in time: the same work may succeed later. */
public final class StorageAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StorageAwayException(String reason, Throwable cause) {
        super(reason, cause, false, false);
    }
}
