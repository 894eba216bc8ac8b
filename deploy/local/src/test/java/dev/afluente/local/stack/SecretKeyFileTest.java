package dev.afluente.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretKeyFileTest {
    @TempDir
    Path parent;

    @Test
    void isMadeOnceAndForItsOwnerOnly() throws Exception {
        Path file = SecretKeyFile.in(parent.resolve("secrets"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String made = Files.readString(file);
        assertThat(made).matches("local-1:[A-Za-z0-9+/]{43}=\n");
        assertThat(SecretKeyFile.in(parent.resolve("secrets"))).isEqualTo(file).hasContent(made);
        assertThat(Files.readString(SecretKeyFile.in(parent.resolve("others")))).isNotEqualTo(made);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }
}
