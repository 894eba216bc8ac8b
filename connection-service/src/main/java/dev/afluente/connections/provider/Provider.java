package dev.afluente.connections.provider;

import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/**
 * Somebody who can reach banks on behalf of a person. Each implementation is one package, found by its {@link #key};
 * its vocabulary, statuses and tokens stay inside. Every call is asynchronous, is never made inside a transaction, ends
 * within the implementation's own deadline and fails with nothing but {@link ProviderException}.
 */
public interface Provider {
    /** The name under which connections remember their provider, e.g. {@code pluggy}. Never changes. */
    String key();

    /** Returns the banks a person can connect at the moment; may be empty. */
    Uni<List<Bank>> banks();

    /**
     * Prepares the place where a person connects a bank, or gives an existing link what it misses.
     *
     * @param linkId the link to resume; null to make a new one. The caller has made sure whose it is
     */
    Uni<LinkInvitation> invite(Caller caller, String linkId);

    /**
     * Returns the state of a link after making sure that it belongs to the caller. A link that is unknown and one that
     * is somebody else's fail alike, with {@link ProviderFailure.Gone}.
     */
    Uni<LinkState> claim(Caller caller, String linkId);

    /** Returns the state of a link without asking the bank for anything new. */
    Uni<LinkState> state(String linkId);

    /** Returns how many requests {@link #state} makes at most, of a link that was last known to be so. */
    default int questions(LinkState known) {
        return 1;
    }

    /**
     * Asks the provider to read the bank now. Not repeatable at will: banks and providers count it.
     *
     * @return the state right after, usually {@link LinkState.Status#UPDATING}; fails with {@link ProviderFailure.Busy}
     *     when the bank is being read already, {@link ProviderFailure.TooSoon} when it was read lately, {@link
     *     ProviderFailure.NeedsUser} when the person has to give something first
     */
    Uni<LinkState> refresh(String linkId);

    /**
     * Gives the answer to the question that the link waits with.
     *
     * @param answer question's name to value; never stored or logged
     * @return the state right after; whether the bank takes the answer shows later
     */
    Uni<LinkState> answer(String linkId, Map<String, String> answer);

    /**
     * Gives new credentials and reads the bank with them. Fails as {@link #refresh}, and with {@link
     * ProviderFailure.Invalid} when they are not what the bank takes.
     *
     * @param credentials name to value; never stored or logged
     */
    Uni<LinkState> renew(String linkId, Map<String, String> credentials);

    /**
     * Gives up a link with its consent and its data at the provider, for good. Fails with {@link ProviderFailure.Gone}
     * when there is no such link.
     */
    Uni<Void> revoke(String linkId);
}
