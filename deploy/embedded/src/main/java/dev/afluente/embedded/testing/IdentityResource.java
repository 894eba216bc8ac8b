package dev.afluente.embedded.testing;

import dev.afluente.embedded.identity.Forgeries;
import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.identity.Tokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Lets a {@code @QuarkusTest} verify tokens with the development key, and its tests sign them. */
public final class IdentityResource implements QuarkusTestResourceLifecycleManager {

    /** Signs tokens that the service under test accepts, and others that it must not. */
    public static Tokens tokens() {
        return new Tokens(Shared.keys());
    }

    /** Makes tokens that the service under test must refuse. */
    public static Forgeries forgeries() {
        return new Forgeries(Shared.keys());
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "mp.jwt.verify.publickey.location",
                Shared.keys().publicKeyFile().toString(),
                "mp.jwt.verify.issuer",
                TokenClaims.ISSUER,
                "mp.jwt.verify.audiences",
                TokenClaims.AUDIENCE,
                "smallrye.jwt.verify.algorithm",
                "RS256");
    }

    @Override
    public void stop() {
        // nothing runs
    }
}
