package dev.afluente.embedded.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs development tokens, RS256 (RFC 7519, RFC 7515). Thread-safe. */
public final class Tokens {
    private final DevKeys keys;

    public Tokens(DevKeys keys) {
        this.keys = keys;
    }

    /** A token of one hour for a user of the default tenant with the role {@code user}. */
    public String forUser(String subject) {
        return sign(TokenClaims.of(subject));
    }

    public String sign(TokenClaims token) {
        return sign(claims(token));
    }

    /** A token that is valid later only. */
    String signNotBefore(TokenClaims token, Instant begins) {
        JwtClaims claims = claims(token);
        claims.setNotBefore(NumericDate.fromSeconds(begins.getEpochSecond()));
        return sign(claims);
    }

    private static JwtClaims claims(TokenClaims token) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(token.issuer());
        claims.setAudience(token.audience());
        claims.setSubject(token.subject());
        claims.setIssuedAt(NumericDate.fromSeconds(token.issuedAt().getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(token.issuedAt().plus(token.lifetime()).getEpochSecond()));
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setStringListClaim("groups", List.copyOf(token.groups()));
        if (token.tenant() != null) {
            claims.setStringClaim("tenant", token.tenant());
        }
        return claims;
    }

    private String sign(JwtClaims claims) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(claims.toJson());
        jws.setKey(keys.privateKey());
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        jws.setHeader("typ", "JWT");
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("The development key cannot sign", e);
        }
    }
}
