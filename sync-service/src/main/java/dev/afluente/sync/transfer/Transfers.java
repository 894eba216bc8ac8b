package dev.afluente.sync.transfer;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A person's transfers between their own accounts: seen, made by hand, and taken apart for good. */
@ApplicationScoped
public class Transfers {
    static final String LIST = "transfers";

    private static final String OWN = "SELECT " + TransferView.COLUMNS + """
             FROM transfer x
            JOIN transaction o ON o.tenant_id = x.tenant_id AND o.id = x.out_id
            JOIN transaction i ON i.tenant_id = x.tenant_id AND i.id = x.in_id
            WHERE x.tenant_id = $1 AND x.user_id = $2""";

    private static final String DELETE = """
            WITH gone AS (DELETE FROM transfer WHERE tenant_id = $1 AND user_id = $2 AND id = $3 RETURNING out_id, in_id)
            INSERT INTO transfer_refused (tenant_id, user_id, out_id, in_id)
            SELECT $1, $2, out_id, in_id FROM gone
            ON CONFLICT (tenant_id, out_id, in_id) DO UPDATE SET created_at = now()""";

    private static final String SIDES = """
            SELECT o.amount < 0 AND i.amount > 0 AND o.account_id <> i.account_id AND o.currency = i.currency
                    AND o.amount = -i.amount AS fits,
                a.type AS account_type
            FROM transaction o, transaction i JOIN account a ON a.tenant_id = i.tenant_id AND a.id = i.account_id
            WHERE o.tenant_id = $1 AND o.user_id = $2 AND o.id = $3 AND o.deleted_at IS NULL
                AND i.tenant_id = $1 AND i.user_id = $2 AND i.id = $4 AND i.deleted_at IS NULL""";

    private static final String INSERT = """
            INSERT INTO transfer (tenant_id, id, user_id, out_id, in_id, kind, made_by)
            VALUES ($1, $2, $3, $4, $5, $6, 'USER') ON CONFLICT DO NOTHING""";

    private static final String FORGIVE =
            "DELETE FROM transfer_refused WHERE tenant_id = $1 AND out_id = $2 AND in_id = $3";

    private final Ledger ledger;
    private final Pairing pairing;

    @Inject
    public Transfers(Ledger ledger, Pairing pairing) {
        this.ledger = ledger;
        this.pairing = pairing;
    }

    /** Newest pair first, by the time it was made. */
    Uni<Page<TransferView>> list(Caller caller, int limit, Cursor after) {
        Tuple values = Tuple.of(caller.tenant(), caller.user(), limit + 1);
        String sql = after == null
                ? OWN
                : OWN + " AND x.id < $" + values.addUUID(after.id()).size();
        return ledger.ofTenant(caller.tenant(), connection -> connection
                        .preparedQuery(sql + " ORDER BY x.id DESC LIMIT $3")
                        .execute(values))
                .map(rows -> {
                    List<TransferView> views = new ArrayList<>(rows.size());
                    rows.forEach(row -> views.add(TransferView.of(row)));
                    return Page.of(views, limit, last -> Cursor.ofId(last.id()).encode(LIST));
                });
    }

    /** Takes a pair apart and remembers it; {@code transfer_not_found}. */
    Uni<Void> refuse(Caller caller, UUID id) {
        return ledger.ofTenant(caller.tenant(), connection -> pairing.hold(connection, caller.tenant(), caller.user())
                .chain(() -> connection.preparedQuery(DELETE).execute(Tuple.of(caller.tenant(), caller.user(), id)))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw ProblemCode.TRANSFER_NOT_FOUND.problem();
                    }
                })
                .replaceWithVoid());
    }

    /**
     * Makes a pair by hand, whatever was said of it before. The same pair again is the pair that is there. {@code
     * transaction_not_found}; {@code conflict} when the two do not add up or one of them is in another pair.
     */
    Uni<TransferView> make(Caller caller, UUID out, UUID in) {
        return ledger.ofTenant(caller.tenant(), connection -> pairing.hold(connection, caller.tenant(), caller.user())
                .chain(() -> kind(connection, caller, out, in))
                .chain(kind -> connection
                        .preparedQuery(INSERT)
                        .execute(Tuple.of(
                                caller.tenant(), UuidCreator.getTimeOrderedEpoch(), caller.user(), out, in, kind)))
                .chain(() -> connection.preparedQuery(FORGIVE).execute(Tuple.of(caller.tenant(), out, in)))
                .chain(() -> connection
                        .preparedQuery(OWN + " AND x.out_id = $3 AND x.in_id = $4")
                        .execute(Tuple.of(caller.tenant(), caller.user(), out, in)))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw ProblemCode.CONFLICT.because("One of the two is part of another transfer.");
                    }
                    return TransferView.of(rows.iterator().next());
                }));
    }

    private static Uni<String> kind(SqlConnection connection, Caller caller, UUID out, UUID in) {
        return connection
                .preparedQuery(SIDES)
                .execute(Tuple.of(caller.tenant(), caller.user(), out, in))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw ProblemCode.TRANSACTION_NOT_FOUND.problem();
                    }
                    if (!rows.iterator().next().getBoolean("fits")) {
                        throw ProblemCode.CONFLICT.because(
                                "A transfer is opposite amounts of one currency in two accounts, out and in.");
                    }
                    return rows.iterator().next().getString("account_type").equals("CREDIT")
                            ? "CARD_BILL"
                            : "OWN_ACCOUNTS";
                });
    }
}
