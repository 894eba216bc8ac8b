package dev.afluente.connections.missing;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.provider.Provider;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Tells whether a provider that does not know a link is asked with the keys under which the link was made. It is, when it
 * knows another link that was there already when it last knew this one; younger links prove nothing, they may have been
 * made under other keys. Asks for at most {@value #MOST} of them, those seen last first.
 */
@Singleton
public class Witnesses {
    private static final int MOST = 3;

    private static final String CANDIDATES = """
            SELECT link_id FROM connections
            WHERE provider = :provider AND removed_at IS NULL AND link_id <> :link AND created_at <= :known
            ORDER BY missing_since IS NOT NULL, state_asked_at DESC LIMIT :most""";

    private final Database database;
    private final Providers providers;

    Witnesses(Database database, Providers providers) {
        this.database = database;
        this.providers = providers;
    }

    /** What the other links say. */
    public enum Verdict {
        /** The provider knows another of the same time: it can be believed. */
        SAME_KEYS,
        /** The provider knows none of them: it is asked with other keys, or has lost its memory. */
        OTHER_KEYS,
        /** There is no other. */
        NOBODY_TO_ASK
    }

    /** Asks; fails with {@link ProviderException} when the provider says nothing at all. */
    public Uni<Verdict> about(Connection missing) {
        Provider provider = providers.get(missing.provider());
        return database.ofAllTenants(() -> candidates(missing))
                .chain(links -> links.isEmpty()
                        ? Uni.createFrom().item(Verdict.NOBODY_TO_ASK)
                        : Multi.createFrom()
                                .iterable(links)
                                .onItem()
                                .transformToUniAndConcatenate(link -> knows(provider, link))
                                .filter(known -> known)
                                .collect()
                                .first()
                                .map(known -> known == null ? Verdict.OTHER_KEYS : Verdict.SAME_KEYS));
    }

    /** Tells whether a failure says that there is no such link. */
    public static boolean isGone(Throwable failure) {
        return failure instanceof ProviderException refusal && refusal.failure() instanceof ProviderFailure.Gone;
    }

    private static Uni<List<String>> candidates(Connection missing) {
        return Panache.getSession().chain(session -> session.createNativeQuery(CANDIDATES, String.class)
                .setParameter("provider", missing.provider())
                .setParameter("link", missing.linkId())
                .setParameter("known", missing.stateAskedAt())
                .setParameter("most", MOST)
                .getResultList());
    }

    private static Uni<Boolean> knows(Provider provider, String link) {
        return provider.state(link)
                .replaceWith(true)
                .onFailure(Witnesses::isGone)
                .recoverWithItem(false);
    }
}
