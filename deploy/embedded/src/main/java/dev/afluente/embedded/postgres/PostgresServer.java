package dev.afluente.embedded.postgres;

import dev.afluente.embedded.process.Guardian;
import dev.afluente.embedded.process.Ports;
import dev.afluente.embedded.process.Repository;
import dev.afluente.embedded.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A real PostgreSQL 18 on 127.0.0.1 with fsync and synchronous commit on, so that what it has acknowledged survives. Stops and
 * starts again on the same port and data. Never serves from somebody else's server: one left over on the same data directory
 * is stopped first, and a taken port is an error. Ends with this JVM. Thread-safe; methods block.
 */
public final class PostgresServer implements AutoCloseable {
    /** Superuser of the cluster; services never log in with it. */
    static final String ADMINISTRATOR = "postgres";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SERVER_OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on"
            + " -c synchronous_commit=on -c shared_buffers=64MB -c max_connections=100 -c jit=off -c timezone=UTC"
            + " -c log_timezone=UTC -c log_min_messages=warning -c max_wal_size=512MB";

    private final Path home;
    private final Path data;
    private final int port;
    private ProcessHandle server;

    /**
     * @param home holds the data, the password file and the log; made when missing
     * @param port 0 picks a free one, which then stays
     */
    public PostgresServer(Path home, int port) {
        this.home = home.toAbsolutePath().normalize();
        this.data = this.home.resolve("data");
        this.port = port == 0 ? Ports.free() : port;
    }

    /** Returns when the server takes connections. Nothing happens when it is running. */
    public synchronized PostgresServer start() {
        if (alive()) {
            return this;
        }
        try {
            Files.createDirectories(home);
            PostgresBinaries binaries =
                    PostgresBinaries.unpackedUnder(Repository.root().resolve("deploy/embedded/target"));
            ServerUser user = ServerUser.detect();
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                initialize(binaries, user);
            }
            stopLeftover();
            run(
                    user,
                    List.of(
                            binaries.program("pg_ctl"),
                            "start",
                            "-w",
                            "-t",
                            "60",
                            "-s",
                            "-D",
                            data.toString(),
                            "-l",
                            log().toString(),
                            "-o",
                            "-p " + port + " " + SERVER_OPTIONS));
            server = Postmaster.of(data).orElseThrow(() -> new IOException("no postmaster.pid in " + data));
            Guardian.watch(server.pid(), "INT");
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started on port " + port + "; see " + log(), e);
        }
        return this;
    }

    private void initialize(PostgresBinaries binaries, ServerUser user) throws IOException {
        // a first start that was interrupted leaves a half-made directory, which initdb refuses
        DataDirectories.delete(data);
        Files.createDirectories(
                data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        user.own(data);
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile());
        Files.createFile(
                passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile(), HexFormat.of().formatHex(random));
        run(
                user,
                List.of(
                        binaries.program("initdb"),
                        "-D",
                        data.toString(),
                        "-U",
                        ADMINISTRATOR,
                        "-A",
                        "scram-sha-256",
                        "--pwfile",
                        passwordFile().toString(),
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
    }

    private void stopLeftover() throws IOException {
        Optional<ProcessHandle> leftover = Postmaster.of(data);
        if (leftover.isPresent()) {
            halt(leftover.get(), "INT");
        }
    }

    private static void halt(ProcessHandle process, String signal) throws IOException {
        Signals.send(process, signal);
        if (!Signals.awaitExit(process, PATIENCE)) {
            Signals.send(process, "QUIT");
            Signals.awaitExit(process, PATIENCE);
        }
        Guardian.forget(process.pid());
    }

    private void run(ServerUser user, List<String> command) throws IOException {
        Process process = new ProcessBuilder(user.run(command))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(Path.of(command.get(0)).getFileName() + " failed; see " + log());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
    public synchronized void stop() {
        end("INT");
    }

    /** Every server process ends at once without a checkpoint; the next start recovers from the write-ahead log. */
    public synchronized void crash() {
        end("QUIT");
    }

    private void end(String signal) {
        if (server == null) {
            return;
        }
        try {
            halt(server, signal);
            server = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized boolean alive() {
        return server != null && server.isAlive();
    }

    /** Process id of the server, for watching it. */
    public synchronized long pid() {
        return server.pid();
    }

    public int port() {
        return port;
    }

    /** The server's own log. */
    public Path log() {
        return home.resolve("postgres.log");
    }

    /** Makes databases and their login; see {@link PostgresDatabases}. */
    public PostgresDatabases databases() {
        try {
            return new PostgresDatabases(port, Files.readString(passwordFile()).trim());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL was never started in " + home, e);
        }
    }

    private Path passwordFile() {
        return home.resolve("password");
    }

    @Override
    public void close() {
        stop();
    }
}
