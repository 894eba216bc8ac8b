package dev.afluente.connections.secret;

import dev.afluente.connections.secret.envelope.Aead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;

/** Key files as an operator writes them: complete, closed to others, and moved into place. */
public final class KeyFiles {
    private KeyFiles() {}

    public static String line(String name) {
        return name + ":" + Base64.getEncoder().encodeToString(Aead.random(Aead.KEY));
    }

    public static Path write(Path file, String... lines) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path beside = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "keys",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(beside, List.of(lines));
            return Files.move(beside, file.toAbsolutePath(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
