package dev.afluente.connections.secret.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealed;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.model.pluggy.PluggyConfig;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The whole service with its keys in Vault and its credentials in KV, logged in as a pod. Neither PostgreSQL nor Kafka is there:
 * the service starts without them, and a second pair in one JVM would cost more than it shows.
 */
@QuarkusTest
@TestProfile(VaultServiceIT.InVault.class)
class VaultServiceIT {
    public static class InVault implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(IdentityResource.class), new TestResourceEntry(VaultStandInResource.class));
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "afluente.secrets.keys", "vault",
                    "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/none",
                    "quarkus.datasource.reactive.url", "postgresql://127.0.0.1:1/none",
                    "quarkus.datasource.username", "nobody",
                    "quarkus.datasource.password", "none",
                    "kafka.bootstrap.servers", "127.0.0.1:1");
        }
    }

    private final VaultStandIn vault = VaultStandInResource.standIn();
    private final Scope scope = new Scope("default", UUID.randomUUID(), "token");

    @Inject
    Sealer sealer;

    @Inject
    PluggyConfig pluggy;

    @AfterEach
    void heal() {
        vault.answer(200);
        await().atMost(Duration.ofSeconds(10)).until(this::ready);
    }

    @Test
    void sealsAndTakesOverANewVersionByItself() {
        Sealed old = seal("x");
        assertThat(open(old)).isEqualTo("x");
        vault.key(VaultStandInResource.KEY).rotate();
        await().atMost(Duration.ofSeconds(5)).until(() -> !sealer.current(old));
        assertThat(sealer.rewrap(scope, old).await().indefinitely().keyId()).isNotEqualTo(old.keyId());
        assertThat(open(old)).isEqualTo("x");
        assertThat(vault.calls("login")).isLessThanOrEqualTo(3);
    }

    @Test
    void settingsComeFromVault() {
        assertThat(ConfigProvider.getConfig().getOptionalValue("afluente.pluggy.client-secret", String.class))
                .contains(VaultStandInResource.FROM_VAULT);
        assertThat(pluggy.clientSecret()).contains(VaultStandInResource.FROM_VAULT);
    }

    @Test
    void anOutageIsToldByReadinessAndEndsByItself() {
        Sealed sealed = seal("x");
        open(sealed);
        vault.answer(503);

        assertThatThrownBy(() -> seal("y")).isInstanceOf(SecretsAwayException.class);
        assertThat(open(sealed)).isEqualTo("x");
        assertThat(ready()).isFalse();
        RestAssured.get("/q/health/live").then().statusCode(200);

        vault.answer(200);
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> seal("y") != null);
        assertThat(ready()).isTrue();
    }

    private boolean ready() {
        String status = RestAssured.get("/q/health/ready").path("checks.find { it.name == 'Secrets' }.status");
        return status.equals("UP");
    }

    private Sealed seal(String plain) {
        return sealer.seal(scope, plain.getBytes(UTF_8)).await().indefinitely();
    }

    private String open(Sealed sealed) {
        return new String(sealer.open(scope, sealed).await().indefinitely(), UTF_8);
    }
}
