package dev.afluente.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a child on disk, so that the next run finds a leftover of a killed run. A process counts as the remembered one
 * only when its start time matches too: ids are used again.
 */
record PidFile(Path path) {

    void write(ProcessHandle process) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, process.pid() + " " + startMillis(process) + "\n");
    }

    Optional<ProcessHandle> leftover() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        String[] words = Files.readString(path).trim().split(" ", 2);
        if (words.length != 2 || !words[0].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> Long.toString(startMillis(process)).equals(words[1]));
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
    }
}
