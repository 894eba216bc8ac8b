package dev.afluente.connections.secret.envelope;

import java.util.Arrays;
import java.util.Optional;

/** A data key in memory that can be erased while others still hold this object. Thread-safe. */
final class DataKey {
    private final byte[] bytes;
    private boolean erased;

    /** @param bytes owned by this object from now on */
    DataKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy for the caller to use and erase; empty when the key is erased already. */
    synchronized Optional<byte[]> copy() {
        return erased ? Optional.empty() : Optional.of(bytes.clone());
    }

    synchronized boolean isErased() {
        return erased;
    }

    synchronized void erase() {
        erased = true;
        Arrays.fill(bytes, (byte) 0);
    }
}
