package dev.afluente.embedded.process;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds what the build made, from whichever module's directory the JVM was started in: walks up to the directory that holds
 * {@code mvnw} and {@code deploy}. The system property {@code afluente.root} overrides the walk.
 */
public final class Repository {
    private Repository() {}

    /** @throws IllegalStateException when no parent directory is the repository */
    public static Path root() {
        String given = System.getProperty("afluente.root");
        if (given != null) {
            return Path.of(given).toAbsolutePath().normalize();
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path at = here; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("mvnw")) && Files.isDirectory(at.resolve("deploy"))) {
                return at;
            }
        }
        throw new IllegalStateException("No repository above " + here + "; set -Dafluente.root");
    }

    /** The runnable jar of a Quarkus module, for example {@code sync-service} or {@code deploy/sandbox}. */
    public static Path quarkusJar(String module) {
        Path jar = root().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    module + " is not built: run ./mvnw -DskipTests package -pl " + module + " -am");
        }
        return jar;
    }
}
