package dev.afluente.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void isHeldByOneRunAtATime() {
        Path root = parent.resolve("data");
        try (DataDirectory held = DataDirectory.open(root, false)) {
            assertThat(held.log("kafka").getParent().getParent()).isEqualTo(root);
            assertThatThrownBy(() -> DataDirectory.open(root, true))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(root.toString())
                    .hasMessageContaining("--data");
        }
        DataDirectory.open(root, false).close();
    }

    @Test
    void isReadableByItsOwnerOnly() throws Exception {
        Path root = parent.resolve("data");
        DataDirectory.open(root, false).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void freshForgetsWhatRunsKeptAndNothingElse() throws Exception {
        Path root = parent.resolve("data");
        Files.createDirectories(root.resolve("postgres/data"));
        Files.writeString(root.resolve("postgres/data/file"), "old");
        Files.writeString(root.resolve("demo.json"), "{}");
        Files.writeString(root.resolve("holiday.jpg"), "not ours");
        DataDirectory.open(root, true).close();
        assertThat(root.resolve("postgres")).doesNotExist();
        assertThat(root.resolve("demo.json")).doesNotExist();
        assertThat(root.resolve("holiday.jpg")).exists();
    }

    @Test
    void clearsLogsAndKeepsProcessIds() throws Exception {
        Path root = parent.resolve("data");
        try (DataDirectory data = DataDirectory.open(root, false)) {
            Files.createDirectories(root.resolve("logs"));
            Files.writeString(data.log("kafka"), "an old error");
            Files.writeString(root.resolve("logs/kafka.pid"), "1 2");
            data.clearLogs();
            assertThat(data.log("kafka")).doesNotExist();
            assertThat(root.resolve("logs/kafka.pid")).exists();
        }
    }
}
