package dev.afluente.sync.merge;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.run.LeasedRun;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows the ledger shows for an account, as provider ids in order, a bounded number at a time. Rows that an operator
 * has pinned are left out: no sync takes them away.
 */
@ApplicationScoped
public class Present {
    /** Ids in one answer. */
    public static final int BATCH = 5_000;

    private static final String NEXT = """
            SELECT provider_id FROM transaction
            WHERE tenant_id = $1 AND account_id = $2 AND provider_id > $3 AND date >= $4 AND deleted_at IS NULL
                AND NOT pinned AND generation %s
            ORDER BY provider_id LIMIT $5""";

    private static final String OF_THIS_SOURCE = NEXT.formatted("= $6");
    private static final String OF_OTHER_SOURCES = NEXT.formatted("<> $6 AND ($7::timestamptz IS NULL OR date <= $7)");

    private final Ledger ledger;

    @Inject
    public Present(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Returns the ids after {@code last} of rows dated at or after {@code from}; fewer than {@link #BATCH} at the end. */
    public Uni<List<String>> after(LeasedRun run, LedgerAccount account, OffsetDateTime from, String last) {
        return next(OF_THIS_SOURCE, run, parameters(run, account, from, last));
    }

    /**
     * The same for rows whose ids another source gave, which this one can therefore not be asked for.
     *
     * @param until leaves out rows dated later; null leaves out none
     */
    public Uni<List<String>> ofOthers(
            LeasedRun run, LedgerAccount account, OffsetDateTime from, OffsetDateTime until, String last) {
        return next(OF_OTHER_SOURCES, run, parameters(run, account, from, last).addOffsetDateTime(until));
    }

    private static Tuple parameters(LeasedRun run, LedgerAccount account, OffsetDateTime from, String last) {
        return Tuple.of(run.tenantId(), account.id(), last, from, BATCH, account.generation());
    }

    private Uni<List<String>> next(String query, LeasedRun run, Tuple values) {
        return ledger.ofTenant(
                        run.tenantId(),
                        connection -> connection.preparedQuery(query).execute(values))
                .map(rows -> {
                    List<String> ids = new ArrayList<>(rows.size());
                    rows.forEach(row -> ids.add(row.getString(0)));
                    return ids;
                });
    }
}
