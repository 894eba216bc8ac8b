package dev.afluente.connections.secret.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afluente.connections.provider.pluggy.PluggyLinkConfig;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealed;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole service with its keys in Vault, logged in as a pod. */
@QuarkusTest
@TestProfile(VaultServiceTest.InVault.class)
class VaultServiceTest extends ScriptedPluggyTest {
    public static class InVault implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(VaultStandInResource.class));
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("afluente.secrets.keys", "vault");
        }
    }

    private final VaultStandIn vault = VaultStandInResource.standIn();
    private final Scope scope = new Scope("default", UUID.randomUUID(), "token");

    @Inject
    Sealer sealer;

    @Inject
    PluggyLinkConfig pluggy;

    @AfterEach
    void heal() {
        vault.answer(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> ready() == 200);
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
        assertThat(pluggy.oauthRedirectUri()).contains(VaultStandInResource.FROM_VAULT);
    }

    @Test
    void anOutageIsToldByReadinessAndEndsByItself() {
        Sealed sealed = seal("x");
        open(sealed);
        vault.answer(503);

        assertThatThrownBy(() -> seal("y")).isInstanceOf(SecretsAwayException.class);
        assertThat(open(sealed)).isEqualTo("x");
        assertThat(ready()).isEqualTo(503);
        RestAssured.get("/q/health/live").then().statusCode(200);
        assertThat(Api.of(Api.someone()).get(Api.CONNECTIONS).statusCode()).isEqualTo(200);

        vault.answer(200);
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> seal("y") != null);
        assertThat(ready()).isEqualTo(200);
    }

    private static int ready() {
        return RestAssured.get("/q/health/ready").statusCode();
    }

    private Sealed seal(String plain) {
        return sealer.seal(scope, plain.getBytes(UTF_8)).await().indefinitely();
    }

    private String open(Sealed sealed) {
        return new String(sealer.open(scope, sealed).await().indefinitely(), UTF_8);
    }
}
