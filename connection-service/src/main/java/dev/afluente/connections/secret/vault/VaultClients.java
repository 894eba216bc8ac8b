package dev.afluente.connections.secret.vault;

import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.runtime.VaultConfigHolder;
import io.quarkus.vault.runtime.client.VaultClientProducer;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The extension's own client, but with {@link OneLogin}: its token cache lets every caller log in at once. */
@Singleton
class VaultClients {

    /** Made at the first use only: without {@code quarkus.vault.url} there is nothing to make. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    VaultClient client(
            VaultClientProducer extension,
            Vertx vertx,
            VaultConfigHolder settings,
            @ConfigProperty(name = "quarkus.tls.trust-all", defaultValue = "false") boolean trustAll) {
        VaultClient own = extension.sharedVaultClient(vertx, settings, trustAll);
        return own.configure()
                .tokenProvider(new OneLogin(own.getTokenProvider()))
                .build();
    }
}
