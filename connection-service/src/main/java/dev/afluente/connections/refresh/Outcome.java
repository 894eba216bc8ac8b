package dev.afluente.connections.refresh;

import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.UserNeed;
import java.time.Instant;

/** What came of asking a provider to read the bank. The run has been moved on accordingly when this is known. */
public sealed interface Outcome {
    /** The provider took the request. */
    record Started() implements Outcome {}

    /** The provider was at it already. */
    record Joined() implements Outcome {}

    /** The person has to give this first. */
    record Token(UserNeed.Question question, Instant expiresAt) implements Outcome {}

    /** Not before {@code retryAt}; the run reads what the provider has. */
    record TooSoon(Instant retryAt, String why) implements Outcome {}

    /** The provider has no credentials it could use. */
    record NoLogin() implements Outcome {}

    /** The provider did not do it; the run has ended, or its task tries again. */
    record Failed(ProviderFailure failure) implements Outcome {}
}
