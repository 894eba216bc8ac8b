package dev.afluente.connections.secret;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/**
 * A key file for every {@code @QuarkusTest} of this module, made anew for each: found as a service, so that no test has to ask for
 * it. A test that wants other keys overrides the settings in its profile.
 */
public final class KeyFileResource implements QuarkusTestResourceLifecycleManager {
    public static final Path FILE = Path.of("target/secrets/keys").toAbsolutePath();

    @Override
    public Map<String, String> start() {
        KeyFiles.write(FILE, KeyFiles.line("test"));
        return Map.of("afluente.secrets.file.path", FILE.toString());
    }

    @Override
    public void stop() {
        // the file may be looked at after the test
    }
}
