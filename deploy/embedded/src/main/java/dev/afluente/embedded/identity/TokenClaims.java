package dev.afluente.embedded.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a development token says. Immutable; the {@code with} methods return a changed copy, for tests of what is refused.
 *
 * @param subject the user
 * @param tenant the tenant, or null for the default tenant: the claim is then absent
 * @param groups the roles
 * @param lifetime from {@code issuedAt}; negative for a token that is expired from the start
 */
public record TokenClaims(
        String subject,
        String tenant,
        Set<String> groups,
        String issuer,
        String audience,
        Instant issuedAt,
        Duration lifetime) {
    public static final String ISSUER = "https://afluente.local";
    public static final String AUDIENCE = "afluente";

    public TokenClaims {
        groups = Set.copyOf(groups);
    }

    /** A valid token for one hour, role {@code user}, default tenant. */
    public static TokenClaims of(String subject) {
        return new TokenClaims(subject, null, Set.of("user"), ISSUER, AUDIENCE, Instant.now(), Duration.ofHours(1));
    }

    public TokenClaims withTenant(String other) {
        return new TokenClaims(subject, other, groups, issuer, audience, issuedAt, lifetime);
    }

    public TokenClaims withGroups(Set<String> others) {
        return new TokenClaims(subject, tenant, others, issuer, audience, issuedAt, lifetime);
    }

    public TokenClaims withIssuer(String other) {
        return new TokenClaims(subject, tenant, groups, other, audience, issuedAt, lifetime);
    }

    public TokenClaims withAudience(String other) {
        return new TokenClaims(subject, tenant, groups, issuer, other, issuedAt, lifetime);
    }

    public TokenClaims withIssuedAt(Instant other) {
        return new TokenClaims(subject, tenant, groups, issuer, audience, other, lifetime);
    }

    public TokenClaims withLifetime(Duration other) {
        return new TokenClaims(subject, tenant, groups, issuer, audience, issuedAt, other);
    }
}
