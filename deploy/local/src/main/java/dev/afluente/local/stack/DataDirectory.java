package dev.afluente.local.stack;

import dev.afluente.embedded.postgres.DataDirectories;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything runs keep, under one directory that only its owner can read. Held by one run at a time: the operating system
 * releases the lock with the process, so a killed run never blocks the next one.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final List<String> OURS =
            List.of("postgres", "kafka", "simulator", "identity", "secrets", "logs", "demo.json");

    private final Path root;
    private final FileChannel channel;

    private DataDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * @param fresh forget what earlier runs kept; only this program's own entries are deleted
     * @throws StartException when another run holds the directory
     */
    public static DataDirectory open(Path root, boolean fresh) {
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new StartException("Another run is using " + root
                        + ". Stop it, or give this one a directory of its own with --data.");
            }
            DataDirectory directory = new DataDirectory(root, channel);
            if (fresh) {
                directory.forget();
            }
            return directory;
        } catch (IOException e) {
            throw new StartException("The data directory " + root + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void forget() throws IOException {
        for (String name : OURS) {
            DataDirectories.delete(root.resolve(name));
        }
    }

    public Path resolve(String name) {
        return root.resolve(name);
    }

    public Path log(String program) {
        return root.resolve("logs").resolve(program + ".log");
    }

    /** Logs of this run only: an old error must not be taken for a new one. Process ids stay, they find leftovers. */
    public void clearLogs() {
        try {
            Files.createDirectories(root.resolve("logs"));
            try (Stream<Path> files = Files.list(root.resolve("logs"))) {
                for (Path log :
                        files.filter(file -> file.toString().endsWith(".log")).toList()) {
                    Files.delete(log);
                }
            }
        } catch (IOException e) {
            throw new StartException("The logs in " + root + " cannot be cleared: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StartException("The lock of " + root + " cannot be released", e);
        }
    }
}
