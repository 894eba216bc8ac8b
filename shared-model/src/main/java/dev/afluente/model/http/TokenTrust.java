package dev.afluente.model.http;

import io.quarkus.arc.properties.UnlessBuildProperty;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses to start a service that would take anybody's tokens: the library checks issuer and audience only when they
 * are configured, and says nothing when they are not. A service that takes no tokens says so at build time with
 * {@code afluente.takes-tokens=false}; whoever forgets is checked.
 */
@Startup
@UnlessBuildProperty(name = "afluente.takes-tokens", stringValue = "false", enableIfMissing = true)
@Singleton
class TokenTrust {
    TokenTrust(
            @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer,
            @ConfigProperty(name = "mp.jwt.verify.audiences") List<String> audiences,
            @ConfigProperty(name = "mp.jwt.verify.publickey.location") String key) {
        if (issuer.isBlank() || audiences.isEmpty() || key.isBlank()) {
            throw new IllegalStateException("mp.jwt.verify.issuer, .audiences and .publickey.location must be set");
        }
    }
}
