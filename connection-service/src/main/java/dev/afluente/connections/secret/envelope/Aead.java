package dev.afluente.connections.secret.envelope;

import dev.afluente.connections.secret.UnopenableException;
import dev.afluente.connections.secret.UnopenableException.Reason;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D): a random nonce of 96 bits before the ciphertext, a tag of 128 bits behind it.
 * Thread-safe. Nonces are random, so one key must encrypt far fewer than 2^32 times: a data key encrypts once, a key of
 * the file once per secret.
 */
public final class Aead {
    /** Bytes of a key. */
    public static final int KEY = 32;

    static final int NONCE = 12;
    private static final int TAG = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Aead() {}

    /** Returns fresh random bytes. */
    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Returns nonce, ciphertext and tag. */
    public static byte[] encrypt(byte[] key, byte[] plain, byte[] aad) {
        return encrypt(key, random(NONCE), plain, aad);
    }

    static byte[] encrypt(byte[] key, byte[] nonce, byte[] plain, byte[] aad) {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0, aad);
            byte[] sealed = new byte[NONCE + plain.length + TAG];
            System.arraycopy(nonce, 0, sealed, 0, NONCE);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not to be had", e);
        }
    }

    /** @throws UnopenableException when key, bytes or additional data are not those of the encryption */
    public static byte[] decrypt(byte[] key, byte[] sealed, byte[] aad) {
        if (sealed.length < NONCE + TAG) {
            throw new UnopenableException(Reason.NOT_AUTHENTIC);
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, sealed, 0, aad).doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (AEADBadTagException e) {
            throw new UnopenableException(Reason.NOT_AUTHENTIC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not to be had", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, int from, byte[] aad)
            throws GeneralSecurityException {
        if (key.length != KEY) {
            throw new UnopenableException(Reason.NOT_AUTHENTIC);
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * Byte.SIZE, nonce, from, NONCE));
        cipher.updateAAD(aad);
        return cipher;
    }
}
