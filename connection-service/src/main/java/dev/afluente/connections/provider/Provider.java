package dev.afluente.connections.provider;

import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import java.util.List;

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
}
