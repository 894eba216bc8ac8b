package dev.afluente.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The server process that PostgreSQL itself recorded for a data directory: {@code postmaster.pid}, whose first lines are process
 * id, data directory, start time in epoch seconds and port. A stale file after a crash names an id that somebody else may
 * have by now, so directory and start time must agree before anything is believed.
 */
final class Postmaster {
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private Postmaster() {}

    /** The live server of this very data directory, if there is one. */
    static Optional<ProcessHandle> of(Path data) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.size() < 3 || !Path.of(lines.get(1)).toRealPath().equals(data.toRealPath())) {
            return Optional.empty();
        }
        Instant recorded = Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()));
        return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> startedAround(process, recorded));
    }

    private static boolean startedAround(ProcessHandle process, Instant recorded) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, recorded).abs().compareTo(TOLERANCE) < 0)
                .orElse(true);
    }
}
