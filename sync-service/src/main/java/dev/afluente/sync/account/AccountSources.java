package dev.afluente.sync.account;

import dev.afluente.sync.identity.Marks;
import dev.afluente.sync.identity.Placement.Current;
import dev.afluente.sync.identity.Placement.Seen;
import dev.afluente.sync.identity.Recognition;
import dev.afluente.sync.identity.Recognition.Known;
import dev.afluente.sync.run.LeasedRun;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Who reads an account, and who ever did. On the caller's connection, in its transaction. */
@ApplicationScoped
public class AccountSources {
    private static final String GUARD = "SELECT pg_advisory_xact_lock(hashtextextended($1, 2))";

    /** An account that was last read before its sources' marks were kept is found by the whole of them. */
    private static final String SEEN = """
            SELECT i.provider_id, s.account_id, s.generation, ARRAY(
                SELECT a.id FROM account a WHERE a.tenant_id = $1 AND a.user_id = $2 AND a.identity = i.identity
                    AND NOT EXISTS (SELECT FROM account_source p
                        WHERE p.tenant_id = $1 AND p.account_id = a.id AND p.printed IS NOT NULL)
                ORDER BY a.id LIMIT 2) AS alike
            FROM unnest($4::text[], $5::text[]) WITH ORDINALITY AS i (provider_id, identity, ord)
            LEFT JOIN account_source s
                ON s.tenant_id = $1 AND s.connection_id = $3 AND s.provider_id = i.provider_id
            ORDER BY i.ord""";

    private static final String ALIKE = """
            SELECT DISTINCT i.ord, s.account_id, s.holder, s.bank_code, l.institution
            FROM unnest($3::text[]) WITH ORDINALITY AS i (printed, ord)
            JOIN account_source s ON s.tenant_id = $1 AND s.printed = i.printed
            JOIN account a ON a.tenant_id = $1 AND a.id = s.account_id AND a.user_id = $2
            LEFT JOIN link l ON l.tenant_id = $1 AND l.connection_id = s.connection_id""";

    /** What was told once and is not told now stays. */
    private static final String TOLD = """
            UPDATE account_source s SET printed = i.printed, holder = coalesce(i.holder, s.holder),
                bank_code = coalesce(i.bank_code, s.bank_code)
            FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS i (provider_id, printed, holder, bank_code)
            WHERE s.tenant_id = $1 AND s.connection_id = $2 AND s.provider_id = i.provider_id AND i.printed IS NOT NULL
                AND (s.printed, s.holder, s.bank_code) IS DISTINCT FROM
                    (i.printed, coalesce(i.holder, s.holder), coalesce(i.bank_code, s.bank_code))""";

    private static final String CURRENT = """
            SELECT a.id, a.connection_id, a.provider_id, a.generation, coalesce(l.removed, false) AS removed,
                (SELECT max(s.generation) FROM account_source s WHERE s.tenant_id = $1 AND s.account_id = a.id) AS latest
            FROM account a LEFT JOIN link l ON l.tenant_id = $1 AND l.connection_id = a.connection_id
            WHERE a.tenant_id = $1 AND a.id = ANY($2)""";

    private static final String ADD = """
            INSERT INTO account_source (tenant_id, connection_id, provider_id, account_id, generation)
            VALUES ($1, $2, $3, $4, $5)""";

    private static final String HOLD = """
            SELECT FROM account WHERE tenant_id = $1 AND id = $2 AND connection_id = $3 AND generation = $4 FOR SHARE""";

    /**
     * Keeps an account with this source until the transaction ends. Fails with {@link MovedAwayException} when another
     * source reads it now.
     */
    public static Uni<Void> hold(SqlConnection connection, LeasedRun run, LedgerAccount account) {
        return connection
                .preparedQuery(HOLD)
                .execute(Tuple.of(run.tenantId(), account.id(), run.link().connectionId(), account.generation()))
                .chain(rows -> rows.size() == 1
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new MovedAwayException()));
    }

    /** Makes others who place accounts of this person wait: two links of one bank must not both find nothing. */
    Uni<Void> guard(SqlConnection connection, LeasedRun run) {
        return connection
                .preparedQuery(GUARD)
                .execute(Tuple.of(run.tenantId() + ":" + run.link().userId()))
                .replaceWithVoid();
    }

    /** Returns what the ledger knows of accounts told by a link, in their order. */
    Uni<List<Seen>> seen(SqlConnection connection, LeasedRun run, String[] providerIds, List<Marks> marks) {
        Tuple values = Tuple.of(run.tenantId(), run.link().userId(), run.link().connectionId())
                .addValue(providerIds)
                .addValue(texts(marks, Marks::identity));
        return alike(connection, run, marks)
                .chain(alike -> connection.preparedQuery(SEEN).execute(values).map(rows -> {
                    List<Seen> seen = new ArrayList<>();
                    rows.forEach(row -> {
                        Set<UUID> all = alike.get(seen.size());
                        all.addAll(List.of(row.getArrayOfUUIDs("alike")));
                        seen.add(new Seen(
                                row.getString("provider_id"),
                                row.getUUID("account_id"),
                                row.getInteger("generation"),
                                all));
                    });
                    return seen;
                }));
    }

    private static Uni<List<Set<UUID>>> alike(SqlConnection connection, LeasedRun run, List<Marks> marks) {
        return connection
                .preparedQuery(ALIKE)
                .execute(Tuple.of(run.tenantId(), run.link().userId()).addValue(texts(marks, Marks::printed)))
                .map(rows -> {
                    List<List<Known>> known = new ArrayList<>();
                    marks.forEach(each -> known.add(new ArrayList<>()));
                    rows.forEach(row -> known.get(row.getInteger("ord") - 1)
                            .add(new Known(
                                    row.getUUID("account_id"),
                                    row.getString("holder"),
                                    row.getString("bank_code"),
                                    row.getString("institution"))));
                    List<Set<UUID>> alike = new ArrayList<>();
                    marks.forEach(each -> alike.add(Recognition.of(each, known.get(alike.size()))));
                    return alike;
                });
    }

    /** Keeps what a link's accounts were told by; what is as it was is not written. */
    Uni<Void> told(SqlConnection connection, LeasedRun run, String[] providerIds, List<Marks> marks) {
        Tuple values = Tuple.of(run.tenantId(), run.link().connectionId())
                .addValue(providerIds)
                .addValue(texts(marks, Marks::printed))
                .addValue(texts(marks, Marks::holder))
                .addValue(texts(marks, Marks::bankCode));
        return connection.preparedQuery(TOLD).execute(values).replaceWithVoid();
    }

    private static String[] texts(List<Marks> marks, Function<Marks, String> text) {
        return marks.stream().map(text).toArray(String[]::new);
    }

    /** Returns who reads the accounts that were found. */
    Uni<Map<UUID, Current>> current(SqlConnection connection, LeasedRun run, List<Seen> seen) {
        Set<UUID> ids = new HashSet<>();
        seen.forEach(each -> {
            ids.addAll(each.alike());
            if (each.known() != null) {
                ids.add(each.known());
            }
        });
        return connection
                .preparedQuery(CURRENT)
                .execute(Tuple.of(run.tenantId(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Current> accounts = new HashMap<>();
                    rows.forEach(row -> accounts.put(row.getUUID("id"), current(row)));
                    return accounts;
                });
    }

    /** Remembers a new way to read an account. */
    Uni<Void> add(SqlConnection connection, LeasedRun run, String providerId, UUID account, int generation) {
        return connection
                .preparedQuery(ADD)
                .execute(Tuple.of(run.tenantId(), run.link().connectionId(), providerId, account, generation))
                .replaceWithVoid();
    }

    private static Current current(Row row) {
        return new Current(
                row.getUUID("id"),
                row.getUUID("connection_id"),
                row.getString("provider_id"),
                row.getInteger("generation"),
                row.getBoolean("removed"),
                row.getInteger("latest"));
    }
}
