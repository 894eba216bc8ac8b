package dev.afluente.connections.secret.vault;

import dev.afluente.connections.secret.envelope.KeyWrapper;
import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.auth.VaultUserPassAuthOptions;
import io.quarkus.vault.client.auth.VaultUserPassTokenProvider;
import io.quarkus.vault.client.http.vertx.VertxVaultHttpClient;
import io.quarkus.vault.runtime.VaultConfigHolder;
import io.quarkus.vault.runtime.VaultTransitManager;
import io.quarkus.vault.runtime.config.VaultRuntimeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/**
 * The Vault that {@code VAULT_ADDR} and {@code VAULT_TOKEN} name, where they do, and the stand-in otherwise; a key of its own for
 * every instance. The engine is the extension's, put together without the rest of the service.
 */
final class VaultUnderTest implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final String ADDRESS = System.getenv("VAULT_ADDR");

    private final Vertx vertx = Vertx.vertx();
    private final VaultStandIn standIn = ADDRESS == null ? new VaultStandIn() : null;
    private final URI base = URI.create(ADDRESS == null ? "http://127.0.0.1:" + standIn.port() : ADDRESS);
    private final String token = ADDRESS == null ? VaultStandIn.ROOT : System.getenv("VAULT_TOKEN");
    private final String key = "afluente-" + UUID.randomUUID();

    VaultUnderTest() {
        ask("POST", "sys/mounts/transit", new JsonObject().put("type", "transit"));
        ask(
                "POST",
                "transit/keys/" + key,
                new JsonObject().put("type", "aes256-gcm96").put("derived", true));
    }

    static boolean real() {
        return ADDRESS != null;
    }

    VaultStandIn standIn() {
        return standIn;
    }

    URI base() {
        return base;
    }

    void rotate() {
        ask("POST", "transit/keys/" + key + "/rotate", new JsonObject());
    }

    /** Makes a key beside the usual one. */
    void create(String name, boolean derived) {
        ask(
                "POST",
                "transit/keys/" + name,
                new JsonObject().put("type", "aes256-gcm96").put("derived", derived));
    }

    /** Versions below are gone for good as far as decrypting goes. */
    void retireBefore(int version) {
        ask("POST", "transit/keys/" + key + "/config", new JsonObject().put("min_decryption_version", version));
    }

    KeyWrapper keys() {
        return keys(base, key);
    }

    /** @param through where Vault is reached instead, e.g. through a faulty link */
    KeyWrapper keys(URI through) {
        return keys(through, key);
    }

    KeyWrapper keys(URI through, String name) {
        VaultClient client = builder(through).clientToken(token).build();
        return new VaultKeys(() -> engine(client), name, DEADLINE);
    }

    /** Keys of a service that logs in, against the stand-in only. */
    KeyWrapper loggingIn(URI through, String password) {
        VaultUserPassAuthOptions who = VaultUserPassAuthOptions.builder()
                .username("service")
                .password(password)
                .build();
        VaultClient client = builder(through)
                .tokenProvider(new OneLogin(new VaultUserPassTokenProvider(who).caching(Duration.ofMinutes(5))))
                .build();
        return new VaultKeys(() -> engine(client), key, DEADLINE.multipliedBy(5));
    }

    private VaultClient.Builder builder(URI through) {
        WebClient web = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(1_000));
        return VaultClient.builder()
                .baseUrl(through.toString())
                .executor(new VertxVaultHttpClient(web))
                .requestTimeout(DEADLINE);
    }

    private VaultTransitManager engine(VaultClient client) {
        VaultRuntimeConfig settings = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(VaultRuntimeConfig.class)
                .withDefaultValue("quarkus.vault.url", base.toString())
                .build()
                .getConfigMapping(VaultRuntimeConfig.class);
        return new VaultTransitManager(client, new VaultConfigHolder().setVaultRuntimeConfig(settings));
    }

    private void ask(String method, String path, JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/" + path))
                .header("X-Vault-Token", token)
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        try {
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        if (standIn != null) {
            standIn.close();
        }
    }
}
