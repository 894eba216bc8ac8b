package dev.afluente.connections.secret.envelope;

import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealed;

/**
 * A data key that only its wrapper can read.
 *
 * @param keyId which key wraps it
 * @param wrapped base64url without padding
 */
public record WrappedKey(String keyId, String wrapped) {

    /** A wrapped key and the scope it is bound to. */
    public record Of(Scope scope, WrappedKey key) {
        static Of of(Scope scope, Sealed sealed) {
            return new Of(scope, new WrappedKey(sealed.keyId(), sealed.wrapped()));
        }
    }

    /** Names the wrapping key only. */
    @Override
    public String toString() {
        return "WrappedKey[" + keyId + "]";
    }
}
