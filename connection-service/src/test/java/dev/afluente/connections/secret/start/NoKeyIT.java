package dev.afluente.connections.secret.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.secret.KeyFiles;
import dev.afluente.embedded.identity.DevKeys;
import dev.afluente.embedded.process.JvmProcess;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Ports;
import dev.afluente.embedded.process.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No key, no start: the built service ends by itself and says why in one line. */
@Timeout(120)
class NoKeyIT {
    private static final String KEYS = "AFLUENTE_SECRETS_KEYS";
    private static final String FILE = "AFLUENTE_SECRETS_FILE_PATH";

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void everythingElseIsThere() throws IOException {
        environment.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                DevKeys.in(directory.resolve("identity")).publicKeyFile().toString());
        environment.putAll(Map.of(
                "QUARKUS_HTTP_PORT", "0",
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1",
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/x",
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/x",
                "QUARKUS_DATASOURCE_USERNAME", "x",
                "QUARKUS_DATASOURCE_PASSWORD", "x",
                "AFLUENTE_PLUGGY_CLIENT_ID", "id",
                "AFLUENTE_PLUGGY_CLIENT_SECRET", "secret",
                "MP_JWT_VERIFY_ISSUER", "https://issuer",
                "MP_JWT_VERIFY_AUDIENCES", "afluente"));
    }

    @Test
    void withoutAChoice() throws Exception {
        refuses("Set afluente.secrets.keys to file or vault");
    }

    @Test
    void withoutAFile() throws Exception {
        environment.put(KEYS, "file");
        environment.put(FILE, directory.resolve("none").toString());
        refuses("does not exist");
    }

    @Test
    void withAFileOthersCanRead() throws Exception {
        Path file = KeyFiles.write(directory.resolve("keys"), KeyFiles.line("k"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        environment.put(KEYS, "file");
        environment.put(FILE, file.toString());
        String log = refuses("is open to others than its owner");
        assertThat(log).doesNotContain(Files.readString(file).substring(4, 20));
    }

    @Test
    void withoutVault() throws Exception {
        environment.put(KEYS, "vault");
        refuses("Set quarkus.vault.url");
        environment.put("QUARKUS_VAULT_URL", "http://127.0.0.1:" + Ports.free());
        environment.put("QUARKUS_VAULT_AUTHENTICATION_CLIENT_TOKEN", "token-canary");
        environment.put("AFLUENTE_SECRETS_VAULT_START_PATIENCE", "PT1S");
        assertThat(refuses("Vault (quarkus.vault.url) gives no key for secrets: no_connection"))
                .doesNotContain("token-canary");
    }

    @Test
    void withVaultInTheOpen() throws Exception {
        environment.put(KEYS, "vault");
        environment.put("QUARKUS_VAULT_URL", "http://vault.example:8200");
        refuses("quarkus.vault.url must be https");
    }

    private String refuses(String sentence) throws IOException {
        Path log = directory.resolve("service.log");
        Files.deleteIfExists(log);
        JvmProgram program = JvmProgram.jar("connection-service", Repository.quarkusJar("connection-service"), log)
                .withOptions("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .withEnvironment(environment);
        try (JvmProcess service = new JvmProcess(program)) {
            assertThat(service.start().onExit().orTimeout(60, TimeUnit.SECONDS).join())
                    .isEqualTo(78);
        }
        String said = Files.readString(log);
        assertThat(said).contains(sentence).doesNotContain("\tat ").doesNotContain("Exception");
        return said;
    }
}
