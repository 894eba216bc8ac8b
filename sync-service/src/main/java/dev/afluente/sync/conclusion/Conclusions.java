package dev.afluente.sync.conclusion;

import dev.afluente.model.event.TransactionsMerged;
import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.feed.FeedHead;
import dev.afluente.sync.outbox.Outbox;
import dev.afluente.sync.run.LeasedRun;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Writes onto rows what the ledger has concluded about them, as one change of their owner's feed that is told like any
 * other. Rows that already say so are not written, nor are those that went meanwhile: a removal is told once. Without
 * conclusions nothing is written, not even the feed's head.
 */
@ApplicationScoped
public class Conclusions {
    private static final int ROWS_PER_EVENT = 500;

    private static final String WRITE = """
            UPDATE transaction t SET %1$s = c.value::uuid, change_seq = $3, updated_at = now()
            FROM unnest($4::text[], $5::text[]) AS c (id, value)
            WHERE t.tenant_id = $1 AND t.account_id = $2 AND t.id = c.id::uuid AND t.deleted_at IS NULL
                AND t.%1$s IS DISTINCT FROM c.value::uuid
            RETURNING t.id""";

    private final FeedHead feed;
    private final Outbox outbox;

    /** What may be concluded. */
    public enum Kind {
        /** The bill a row is on. */
        BILL("statement_id"),
        /** The purchase a row is a part of. */
        PURCHASE("purchase_id");

        private final String sql;

        Kind(String column) {
            sql = WRITE.formatted(column);
        }
    }

    @Inject
    public Conclusions(FeedHead feed, Outbox outbox) {
        this.feed = feed;
        this.outbox = outbox;
    }

    /**
     * Writes them in the caller's transaction, which has not written rows of {@code transaction} yet and does not hold its
     * run's row: everybody takes the feed's head first. Call {@link Outbox#wake} after the commit.
     *
     * @param values the conclusion by row; null takes one back
     */
    public Uni<Void> write(
            SqlConnection connection, LeasedRun run, LedgerAccount account, Kind kind, Map<UUID, UUID> values) {
        if (values.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return feed.next(connection, run.tenantId(), run.link().userId())
                .chain(number -> connection
                        .preparedQuery(kind.sql)
                        .execute(Tuple.of(
                                run.tenantId(), account.id(), number, texts(values.keySet()), texts(values.values()))))
                .map(rows -> {
                    List<UUID> written = new ArrayList<>();
                    rows.forEach(row -> written.add(row.getUUID("id")));
                    return written;
                })
                .chain(written -> tell(connection, run, account, written));
    }

    private Uni<Void> tell(SqlConnection connection, LeasedRun run, LedgerAccount account, List<UUID> written) {
        return Multi.createFrom()
                .iterable(written)
                .group()
                .intoLists()
                .of(ROWS_PER_EVENT)
                .onItem()
                .transformToUniAndConcatenate(some -> outbox.add(
                        connection,
                        new TransactionsMerged(
                                run.tenantId(),
                                run.link().connectionId(),
                                account.id(),
                                run.id(),
                                List.of(),
                                some,
                                List.of()),
                        run.traceparent()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static String[] texts(Iterable<UUID> ids) {
        List<String> texts = new ArrayList<>();
        ids.forEach(id -> texts.add(Objects.toString(id, null)));
        return texts.toArray(String[]::new);
    }
}
