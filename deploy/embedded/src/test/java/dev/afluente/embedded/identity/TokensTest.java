package dev.afluente.embedded.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    @TempDir
    Path directory;

    @Test
    void signsWhatTheServicesVerify() throws Exception {
        DevKeys keys = DevKeys.in(directory);
        String token =
                new Tokens(keys).sign(TokenClaims.of("ana").withTenant("acme").withGroups(Set.of("operator")));
        JwtClaims claims = verifier(keys).processToClaims(token);
        assertThat(claims.getSubject()).isEqualTo("ana");
        assertThat(claims.getClaimValueAsString("tenant")).isEqualTo("acme");
        assertThat(claims.getStringListClaimValue("groups")).containsExactly("operator");
    }

    @Test
    void leavesTheTenantOutForTheDefaultTenant() throws Exception {
        DevKeys keys = DevKeys.in(directory);
        JwtClaims claims = verifier(keys).processToClaims(new Tokens(keys).forUser("ana"));
        assertThat(claims.hasClaim("tenant")).isFalse();
    }

    @Test
    void makesTokensThatMustBeRefused() throws Exception {
        DevKeys keys = DevKeys.in(directory);
        TokenClaims valid = TokenClaims.of("ana");
        Tokens tokens = new Tokens(keys);
        for (TokenClaims wrong : Set.of(
                valid.withIssuer("https://elsewhere"),
                valid.withAudience("another"),
                valid.withLifetime(Duration.ofMinutes(-5)))) {
            assertThatThrownBy(() -> verifier(keys).processToClaims(tokens.sign(wrong)))
                    .isInstanceOf(InvalidJwtException.class);
        }
    }

    @Test
    void keepsThePairBetweenRunsAndThePrivateKeyFromOthers() throws Exception {
        DevKeys first = DevKeys.in(directory);
        DevKeys second = DevKeys.in(directory);
        assertThat(second.publicKey()).isEqualTo(first.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("private-key.pem"))))
                .isEqualTo("rw-------");
    }

    private static JwtConsumer verifier(DevKeys keys) {
        return new JwtConsumerBuilder()
                .setVerificationKey(keys.publicKey())
                .setExpectedIssuer(TokenClaims.ISSUER)
                .setExpectedAudience(TokenClaims.AUDIENCE)
                .setRequireExpirationTime()
                .build();
    }
}
