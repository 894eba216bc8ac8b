package dev.afluente.connections.provider;

import java.time.Instant;

/** Why a provider did not do what was asked, as far as anyone outside its package needs to know. */
public sealed interface ProviderFailure {
    /** Nothing will change until the person acts. */
    record NeedsUser(UserNeed need) implements ProviderFailure {}

    /** Too many requests: the next one may be made at {@code until}. */
    record RateLimited(Instant until) implements ProviderFailure {}

    /** No answer, or an answer that says "later": worth another try at {@code retryAt}. */
    record Unavailable(Instant retryAt) implements ProviderFailure {}

    /**
     * The provider understood and refused, or its answer cannot be understood; the same request will fail again.
     *
     * @param why a stable code, safe to log
     */
    record Rejected(String why) implements ProviderFailure {}

    /** There is no such link, or it is not the caller's. */
    record Gone() implements ProviderFailure {}
}
