package dev.afluente.connections.secret.vault;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A derived transit key as Vault has them: versions, one key per context (HMAC-SHA256 of it stands for Vault's HKDF), AES-256-GCM.
 * Refusals carry Vault's own words.
 */
final class TransitKey {
    private final boolean derived;
    private final List<byte[]> versions = new ArrayList<>();
    private int oldest = 1;

    /** An item that Vault refuses. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }

    TransitKey(boolean derived) {
        this.derived = derived;
        rotate();
    }

    synchronized void rotate() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        versions.add(key);
    }

    synchronized void oldest(int version) {
        oldest = version;
    }

    synchronized JsonObject describe(String name) {
        JsonObject times = new JsonObject();
        for (int i = oldest; i <= versions.size(); i++) {
            times.put(Integer.toString(i), 1_760_000_000L);
        }
        return new JsonObject()
                .put("name", name)
                .put("type", "aes256-gcm96")
                .put("derived", derived)
                .put("keys", times)
                .put("latest_version", versions.size())
                .put("min_decryption_version", oldest)
                .put("min_encryption_version", 0)
                .put("min_available_version", 0)
                .put("deletion_allowed", false)
                .put("exportable", false)
                .put("allow_plaintext_backup", false)
                .put("supports_encryption", true)
                .put("supports_decryption", true)
                .put("supports_derivation", true)
                .put("supports_signing", false);
    }

    synchronized String encrypt(String plaintext, String context) throws Refused {
        try {
            byte[] nonce = new byte[12];
            new SecureRandom().nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, versions.size(), context, nonce)
                    .doFinal(Base64.getDecoder().decode(plaintext));
            byte[] all = ByteBuffer.allocate(12 + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return "vault:v" + versions.size() + ":" + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized String decrypt(String ciphertext, String context) throws Refused {
        String[] parts = ciphertext.split(":", 3);
        if (parts.length != 3 || !parts[0].equals("vault") || !parts[1].matches("v\\d+")) {
            throw new Refused("invalid ciphertext: no prefix");
        }
        int version = Integer.parseInt(parts[1].substring(1));
        if (version > versions.size()) {
            throw new Refused("invalid ciphertext: version is too new");
        }
        if (version < oldest) {
            throw new Refused("ciphertext or signature version is disallowed by policy (too old)");
        }
        try {
            byte[] all = Base64.getDecoder().decode(parts[2]);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, version, context, Arrays.copyOf(all, 12))
                    .doFinal(all, 12, all.length - 12);
            return Base64.getEncoder().encodeToString(plain);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new Refused("cipher: message authentication failed");
        }
    }

    private Cipher cipher(int mode, int version, String context, byte[] nonce)
            throws GeneralSecurityException, Refused {
        if (derived && (context == null || context.isEmpty())) {
            throw new Refused("missing 'context' for key derivation; the key was created using a derived key");
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(versions.get(version - 1), "HmacSHA256"));
        byte[] key = derived ? mac.doFinal(Base64.getDecoder().decode(context)) : versions.get(version - 1);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        return cipher;
    }
}
