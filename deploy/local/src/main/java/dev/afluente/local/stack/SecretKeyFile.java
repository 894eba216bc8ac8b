package dev.afluente.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A file with a key that a service needs, made once and kept with the database: without it, what connection-service holds
 * sealed cannot be opened again, and sync-service no longer recognises an account. Readable by its owner only.
 */
final class SecretKeyFile {
    private static final int KEY_BYTES = 32;

    private SecretKeyFile() {}

    /** Returns the file {@code keys} below the directory, after making it if there is none. */
    static Path in(Path directory) {
        Path file = directory.resolve("keys").toAbsolutePath();
        try {
            if (!Files.exists(file)) {
                make(directory, file);
            }
            return file;
        } catch (IOException e) {
            throw new StartException("The key file " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static void make(Path directory, Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(directory);
        // closed to others from the beginning, and in place only when it is whole
        Path beside = Files.createTempFile(
                directory,
                "keys",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, "local-1:" + Base64.getEncoder().encodeToString(key) + "\n");
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
