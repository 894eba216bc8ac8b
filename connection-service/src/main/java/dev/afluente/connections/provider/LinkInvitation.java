package dev.afluente.connections.provider;

import java.time.Instant;

/**
 * Lets a person into the provider's place for connecting a bank.
 *
 * @param token opens it; a secret of this person, never logged
 * @param url where to go with it
 * @param expiresAt when the provider stops taking the token; not later than the truth
 */
public record LinkInvitation(String token, String url, Instant expiresAt) {
    @Override
    public String toString() {
        return "LinkInvitation[expiresAt=" + expiresAt + "]";
    }
}
