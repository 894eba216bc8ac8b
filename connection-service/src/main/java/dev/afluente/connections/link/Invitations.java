package dev.afluente.connections.link;

import dev.afluente.connections.connection.Connections;
import dev.afluente.connections.database.Database;
import dev.afluente.connections.limit.Limit;
import dev.afluente.connections.limit.Limits;
import dev.afluente.connections.provider.LinkInvitation;
import dev.afluente.connections.provider.Provider;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.Providers;
import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Opens the place where a person connects a bank. To resume a link it must be a connection of that very person. Every
 * call counts against their limit, whether the token is kept or has to be asked for: instances do not know what the
 * others keep.
 */
@Singleton
public class Invitations {
    private final Providers providers;
    private final ConnectTokens tokens;
    private final Database database;
    private final Connections connections;
    private final Limits limits;

    Invitations(Providers providers, ConnectTokens tokens, Database database, Connections connections, Limits limits) {
        this.providers = providers;
        this.tokens = tokens;
        this.database = database;
        this.connections = connections;
        this.limits = limits;
    }

    /** @param linkId the link to resume; null for a new one. Fails with {@link ProviderFailure.Gone} unless it is theirs */
    public Uni<LinkInvitation> invite(Caller caller, String linkId) {
        Provider provider = providers.preferred();
        return limits.take(caller, Limit.CONNECT_TOKEN)
                .chain(() -> requireOwn(caller, provider, linkId))
                .chain(() -> tokens.get(
                        new ConnectTokens.Key(caller, provider.key(), linkId),
                        key -> provider.invite(key.owner(), key.linkId())));
    }

    private Uni<Void> requireOwn(Caller caller, Provider provider, String linkId) {
        return linkId == null
                ? Uni.createFrom().voidItem()
                : database.ofTenant(caller.tenant(), () -> connections.isOfUser(caller, provider.key(), linkId))
                        .invoke(own -> {
                            if (!own) {
                                throw new ProviderException(new ProviderFailure.Gone());
                            }
                        })
                        .replaceWithVoid();
    }
}
