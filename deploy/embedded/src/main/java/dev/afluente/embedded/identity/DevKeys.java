package dev.afluente.embedded.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The RSA key pair of a development identity provider, made once per directory and kept as PEM. The private key is readable by
 * its owner only. For development and tests: production tokens come from the product's own identity provider.
 *
 * @param publicKeyFile the PEM that services verify with
 */
public record DevKeys(PrivateKey privateKey, PublicKey publicKey, Path publicKeyFile) {
    private static final int BITS = 2048;

    /** Reads the pair from the directory, or makes it there. Not safe for two processes that make the same pair at once. */
    public static DevKeys in(Path directory) throws IOException {
        Path privateFile = directory.resolve("private-key.pem");
        Path publicFile = directory.resolve("public-key.pem");
        try {
            if (!Files.exists(privateFile) || !Files.exists(publicFile)) {
                make(directory, privateFile, publicFile);
            }
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new DevKeys(
                    rsa.generatePrivate(new PKCS8EncodedKeySpec(decode(privateFile))),
                    rsa.generatePublic(new X509EncodedKeySpec(decode(publicFile))),
                    publicFile.toAbsolutePath());
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The key pair in " + directory + " is unreadable; delete it to have a new one made", e);
        }
    }

    private static void make(Path directory, Path privateFile, Path publicFile)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        KeyPair pair = generator.generateKeyPair();
        Files.createDirectories(directory);
        Files.deleteIfExists(privateFile);
        // the permissions come with the file: a chmod afterwards leaves a moment in which anybody can read it
        Files.createFile(
                privateFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(privateFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(publicFile, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static byte[] decode(Path pem) throws IOException {
        String body = Files.readString(pem).replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");
        return Base64.getDecoder().decode(body);
    }
}
