package dev.afluente.sync.source;

import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccounts;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * A provider this service reads from. An implementation is one package, found by CDI under its {@link #provider} key.
 * Every method fails with {@link SourceFailure} and nothing else; none of them writes at the provider.
 */
public interface Source {
    /** The key under which connection-service names this provider, e.g. {@code pluggy}. */
    String provider();

    /**
     * Tells what a notification means for reading. Never fails: a body that cannot be read means {@link
     * Change.Anything}.
     */
    Change interpret(String kind, byte[] body);

    /** What a notification speaks of: which link, and what is said of it. */
    record Told(String linkId, String kind) {}

    /** A link's id in the one way in which links are known by it, however a notification writes it. */
    default String link(String told) {
        return told;
    }

    /** Reads that from a notification's body alone; empty when the body does not tell. Never fails. */
    Optional<Told> read(byte[] body);

    /** Tells whether there is something to read now. */
    Uni<Readiness> readiness(String linkId);

    /** Returns every account and card of a link. */
    Uni<SourceAccounts> accounts(String linkId);

    /**
     * Returns a page of an account's transactions.
     *
     * @param cursor from the page before; null for the first
     */
    Uni<SourcePage> page(SourceAccount account, Window window, String cursor);

    /**
     * Returns those of the named transactions that exist at the provider.
     *
     * @param ids at most {@link #MAX_IDS}
     */
    Uni<SourcePage> named(SourceAccount account, List<String> ids);

    /** Ids in one call of {@link #named}. */
    int MAX_IDS = 500;
}
