package dev.afluente.sync.feed;

import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.feed.ChangesView.Removed;
import dev.afluente.sync.transaction.TransactionRows;
import dev.afluente.sync.transaction.TransactionView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * A person's changes in the order of their numbers. A reader that follows the cursor ends with exactly the ledger and is
 * given no version of a row twice: {@link FeedHead} lets no number become visible behind a higher one, and a page is one
 * statement's view. A row has one place, its last change, so one that changes while a reader is on the way moves ahead
 * of the reader.
 */
@ApplicationScoped
public class Feed {
    private static final String NEXT =
            "SELECT change_seq, first_seq, shown_seq, deleted_at IS NOT NULL AS gone, " + TransactionView.COLUMNS + """
             FROM transaction WHERE tenant_id = $1 AND user_id = $2 AND (change_seq, id) > ($3, $4)
            ORDER BY change_seq, id LIMIT $5""";

    private static final String HEAD = "SELECT seq FROM feed_head WHERE tenant_id = $1 AND user_id = $2";

    private final Ledger ledger;
    private final TransactionRows rows;

    @Inject
    public Feed(Ledger ledger, TransactionRows rows) {
        this.ledger = ledger;
        this.rows = rows;
    }

    /** Returns at most {@code limit} changes; fails with {@code invalid_cursor} when the feed has not come so far. */
    Uni<ChangesView> after(Caller caller, FeedPosition position, int limit) {
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(NEXT)
                .execute(Tuple.of(caller.tenant(), caller.user(), position.seq(), position.id(), limit + 1))
                .chain(found -> (found.size() == 0
                                ? requireReached(database, caller, position)
                                : Uni.createFrom().voidItem())
                        .chain(() -> rows.views(database, caller, found))
                        .map(views -> page(caller, position, limit, found, views))));
    }

    private static ChangesView page(
            Caller caller, FeedPosition start, int limit, RowSet<Row> found, List<TransactionView> views) {
        List<TransactionView> added = new ArrayList<>();
        List<TransactionView> modified = new ArrayList<>();
        List<Removed> removed = new ArrayList<>();
        FeedPosition reached = start;
        int read = 0;
        for (Row row : found) {
            // One more than asked for tells whether there is more.
            if (read == limit) {
                break;
            }
            TransactionView view = views.get(read++);
            if (!row.getBoolean("gone")) {
                (row.getLong("shown_seq") > start.floor() ? added : modified).add(view);
            } else if (wasPassed(row, start)) {
                removed.add(new Removed(view.id()));
            }
            reached = reached.after(row.getLong("change_seq"), view.id());
        }
        boolean more = found.size() > limit;
        FeedPosition next = more ? reached : reached.complete();
        return new ChangesView(added, modified, removed, next.encode(caller), more);
    }

    /** A row whose first place lies ahead was never given to this reader, so it need not hear of the row's end. */
    private static boolean wasPassed(Row row, FeedPosition position) {
        long first = row.getLong("first_seq");
        return first < position.seq()
                || (first == position.seq()
                        && row.getUUID("id").toString().compareTo(position.id().toString()) <= 0);
    }

    /** A cursor from beyond the head is older than a restored database: going on from it would skip changes. */
    private static Uni<Void> requireReached(SqlConnection database, Caller caller, FeedPosition position) {
        return database.preparedQuery(HEAD)
                .execute(Tuple.of(caller.tenant(), caller.user()))
                .map(rows -> {
                    long head = rows.size() == 0 ? 0 : rows.iterator().next().getLong(0);
                    if (position.seq() > head) {
                        throw ProblemCode.INVALID_CURSOR.problem();
                    }
                    return null;
                });
    }
}
