package dev.afluente.connections.provider;

import java.time.Instant;
import java.util.List;

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

    /**
     * The bank may not be read again yet.
     *
     * @param retryAt when it may be, as far as the provider tells
     * @param why a stable code: {@code too_soon}, {@code quota_used_up} or {@code too_many_failures}
     */
    record TooSoon(Instant retryAt, String why) implements ProviderFailure {}

    /** The bank is being read at the moment. */
    record Busy() implements ProviderFailure {}

    /**
     * What the person gave is not what the bank takes.
     *
     * @param names which of the values; empty when the provider does not tell
     */
    record Invalid(List<String> names) implements ProviderFailure {}

    /** There is no such link, or it is not the caller's. */
    record Gone() implements ProviderFailure {}
}
