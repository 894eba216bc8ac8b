package dev.afluente.connections.words;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.database.StoredJson;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.UserNeed;
import dev.afluente.connections.provider.UserNeed.Words;
import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What a bank tells one person and nobody else, on its way into the database and out. It is sealed before the
 * transaction that stores the state, because sealing may ask Vault: without keys such a state is not stored, and its
 * task or its caller tries again. What cannot be opened is left out of what is shown.
 */
@Singleton
public class BankWords {
    static final String PURPOSE = "bank.words";
    private static final Logger LOG = Logger.getLogger(BankWords.class);

    private final Sealer sealer;

    BankWords(Sealer sealer) {
        this.sealer = sealer;
    }

    /** Returns the state with the bank's words sealed for this connection. Never inside a transaction. */
    public Uni<LinkState> sealed(String tenant, UUID connection, LinkState told) {
        UserNeed need = told.need();
        return need == null || need.words() == null
                ? Uni.createFrom().item(told)
                : sealer.sealText(new Scope(tenant, connection, PURPOSE), StoredJson.write(need.words()))
                        .map(text -> told.needing(need.sealedAs(text)));
    }

    /** Returns the states of connections, each with its words as far as they could be opened; one question for all. */
    public Uni<List<LinkState>> opened(List<Connection> connections) {
        List<LinkState> states =
                new ArrayList<>(connections.stream().map(Connection::state).toList());
        List<Integer> places = new ArrayList<>();
        List<Sealer.Stored> stored = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            UserNeed need = states.get(i).need();
            if (need != null && need.sealed() != null && need.words() == null) {
                Connection connection = connections.get(i);
                places.add(i);
                stored.add(
                        new Sealer.Stored(new Scope(connection.tenantId(), connection.id(), PURPOSE), need.sealed()));
            }
        }
        return stored.isEmpty()
                ? Uni.createFrom().item(states)
                : sealer.openTexts(stored).map(opened -> {
                    for (int i = 0; i < places.size(); i++) {
                        states.set(places.get(i), saying(states.get(places.get(i)), opened.get(i)));
                    }
                    return states;
                });
    }

    private static LinkState saying(LinkState state, Attempt<String> opened) {
        if (!opened.succeeded()) {
            LOG.debugf(
                    "A bank's words stay closed: %s",
                    opened.failure().getClass().getSimpleName());
            return state;
        }
        return state.needing(state.need().saying(StoredJson.read(opened.value(), Words.class)));
    }
}
