package dev.afluente.connections.secret.vault;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A stand-in for Vault that the service logs in to as a pod does, with a transit key and settings in KV. */
public final class VaultStandInResource implements QuarkusTestResourceLifecycleManager {
    static final String KEY = "afluente-connections";
    static final String FROM_VAULT = "a secret out of KV";
    private static final VaultStandIn STAND_IN = new VaultStandIn();

    static VaultStandIn standIn() {
        return STAND_IN;
    }

    @Override
    public Map<String, String> start() {
        STAND_IN.answer(200);
        STAND_IN.key(KEY);
        STAND_IN.putSecret(
                "afluente/connection-service", new JsonObject().put("afluente.pluggy.client-secret", FROM_VAULT));
        Path token = Path.of("target/secrets/pod-token").toAbsolutePath();
        try {
            Files.createDirectories(token.getParent());
            Files.writeString(token, "a-pod");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.vault.url", "http://127.0.0.1:" + STAND_IN.port(),
                "quarkus.vault.authentication.kubernetes.role", "connection-service",
                "quarkus.vault.authentication.kubernetes.jwt-token-path", token.toString(),
                "quarkus.vault.tls.use-kubernetes-ca-cert", "false",
                "quarkus.vault.secret-config-kv-path", "afluente/connection-service",
                "afluente.secrets.vault.poll", "PT0.5S",
                "afluente.secrets.vault.deadline", "PT1S");
    }

    @Override
    public void stop() {
        // the next class uses the same one; it ends with the JVM
    }
}
