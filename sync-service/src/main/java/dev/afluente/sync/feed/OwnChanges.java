package dev.afluente.sync.feed;

import dev.afluente.model.event.BankingEvent;
import dev.afluente.model.event.TransactionsMerged;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * What a person changes in their own ledger: one transaction that holds their place in the feed from its start and is told
 * like a merge, one event per account and {@value #ROWS_PER_EVENT} rows. A change that wrote no row tells nothing.
 */
@ApplicationScoped
public class OwnChanges {
    private static final int ROWS_PER_EVENT = 500;

    private static final String CHANGED = """
            SELECT connection_id, account_id, array_agg(id ORDER BY id) AS ids FROM (
                SELECT connection_id, account_id, id,
                    (row_number() OVER (PARTITION BY connection_id, account_id ORDER BY id) - 1) / %d AS part
                FROM transaction WHERE tenant_id = $1 AND user_id = $2 AND change_seq = $3) c
            GROUP BY connection_id, account_id, part ORDER BY connection_id, account_id, part""".formatted(ROWS_PER_EVENT);

    private final Ledger ledger;
    private final FeedHead feed;
    private final Outbox outbox;

    @Inject
    public OwnChanges(Ledger ledger, FeedHead feed, Outbox outbox) {
        this.ledger = ledger;
        this.feed = feed;
        this.outbox = outbox;
    }

    /** Makes a change whose rows take the number that is handed to {@code work}. */
    public <T> Uni<T> make(Caller caller, BiFunction<SqlConnection, Long, Uni<T>> work) {
        return ledger.ofTenant(caller.tenant(), connection -> within(connection, caller, work))
                .invoke(this::wake);
    }

    /** The same in the caller's transaction, which has not written yet; call {@link #wake} after its commit. */
    public <T> Uni<T> within(SqlConnection connection, Caller caller, BiFunction<SqlConnection, Long, Uni<T>> work) {
        return feed.next(connection, caller.tenant(), caller.user())
                .chain(number -> work.apply(connection, number).call(() -> tell(connection, caller, number)));
    }

    /** Sends what has been committed. */
    public void wake() {
        outbox.wake();
    }

    private Uni<Void> tell(SqlConnection connection, Caller caller, long number) {
        return connection
                .preparedQuery(CHANGED)
                .execute(Tuple.of(caller.tenant(), caller.user(), number))
                .map(rows -> {
                    List<BankingEvent> events = new ArrayList<>(rows.size());
                    rows.forEach(row -> events.add(event(caller, row)));
                    return events;
                })
                .chain(events -> outbox.addAll(connection, events, TraceParent.fresh()));
    }

    private static TransactionsMerged event(Caller caller, Row row) {
        return new TransactionsMerged(
                caller.tenant(),
                row.getUUID("connection_id"),
                row.getUUID("account_id"),
                null,
                List.of(),
                List.<UUID>of(row.getArrayOfUUIDs("ids")),
                List.of());
    }
}
