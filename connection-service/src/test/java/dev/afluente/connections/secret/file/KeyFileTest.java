package dev.afluente.connections.secret.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.connections.secret.KeyFiles;
import dev.afluente.connections.secret.envelope.KeysUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a file of keys and what is not; the sentence names the file and never a key. */
class KeyFileTest {
    private static final String GOOD = KeyFiles.line("k1");

    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("keys");
    }

    @Test
    void namesInTheirOrderAndComments() {
        KeyFiles.write(path(), "# newest first", KeyFiles.line("k2"), "", GOOD);
        assertThat(new KeyFile(path()).read().keySet()).containsExactly("k2", "k1");
    }

    @Test
    void aMissingFile() {
        assertThatThrownBy(() -> new KeyFile(path()).read())
                .isInstanceOf(KeysUnusableException.class)
                .hasMessage("The key file " + path() + " (afluente.secrets.file.path) does not exist.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---", "rw-rw-rw-"})
    void aFileThatIsOpenToOthers(String mode) throws IOException {
        KeyFiles.write(path(), GOOD);
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> new KeyFile(path()).read())
                .isInstanceOf(KeysUnusableException.class)
                .hasMessageContaining("is open to others than its owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--------", "rw-------"})
    void aFileOfItsOwnerOnly(String mode) throws IOException {
        KeyFiles.write(path(), GOOD);
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(mode));
        assertThat(new KeyFile(path()).read()).hasSize(1);
    }

    static Stream<List<String>> notKeys() {
        String key = GOOD.substring(GOOD.indexOf(':') + 1);
        return Stream.of(
                List.of(""),
                List.of("# only a comment"),
                List.of(GOOD, "k2"),
                List.of(GOOD, "k2:" + key.substring(4)),
                List.of(GOOD, "k2:" + key + "="),
                List.of(GOOD, "k 2:" + key),
                List.of(GOOD, "ä:" + key),
                List.of(GOOD, "k".repeat(65) + ":" + key),
                List.of(GOOD, "k2:" + "A".repeat(43) + "="),
                List.of(GOOD, KeyFiles.line("k1")),
                List.of(GOOD, "k2:" + key));
    }

    @ParameterizedTest
    @MethodSource("notKeys")
    void aFileThatIsNoListOfKeys(List<String> lines) {
        KeyFiles.write(path(), lines.toArray(String[]::new));
        assertThatThrownBy(() -> new KeyFile(path()).read())
                .isInstanceOf(KeysUnusableException.class)
                .hasMessageStartingWith("The key file " + path())
                .hasMessageNotContaining(GOOD.substring(4, 20));
    }

    @Test
    void aFileTooLargeToBeOne() {
        KeyFiles.write(path(), GOOD, "#".repeat(70_000));
        assertThatThrownBy(() -> new KeyFile(path()).read()).hasMessageContaining("is larger than");
    }
}
