package dev.afluente.connections.removal;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Through which connection an account of the ledger came last. Accounts are another service's; here is only what its
 * runs told. Every method runs in the caller's transaction.
 */
@Singleton
public class AccountLinks {
    /** In the order of ids, so that two connections with the same accounts cannot wait for each other. */
    private static final String TOLD = """
            INSERT INTO connection_accounts AS known (tenant_id, account_id, connection_id, told_at)
            SELECT :tenant, account, :connection, :at
            FROM unnest(CAST(string_to_array(:accounts, ',') AS uuid[])) AS account ORDER BY account
            ON CONFLICT (tenant_id, account_id) DO UPDATE
            SET connection_id = EXCLUDED.connection_id, told_at = EXCLUDED.told_at
            WHERE known.told_at < EXCLUDED.told_at""";

    private static final String OF =
            "SELECT connection_id FROM connection_accounts WHERE tenant_id = :tenant AND account_id = :account";

    /** Takes in which accounts a run of a connection found; of several runs the later counts. */
    public Uni<Void> told(String tenant, UUID connection, List<UUID> accounts, Instant at) {
        if (accounts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String ids = accounts.stream().distinct().map(UUID::toString).collect(Collectors.joining(","));
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(TOLD)
                        .setParameter("tenant", tenant)
                        .setParameter("connection", connection)
                        .setParameter("at", at)
                        .setParameter("accounts", ids)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Returns the connection of an account; null when no run told of it. */
    Uni<UUID> connectionOf(String tenant, UUID account) {
        return Panache.getSession().chain(session -> session.createNativeQuery(OF, UUID.class)
                .setParameter("tenant", tenant)
                .setParameter("account", account)
                .getSingleResultOrNull());
    }
}
