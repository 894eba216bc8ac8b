package dev.afluente.sync.decision;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.event.TransactionsMerged;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.feed.FeedHead;
import dev.afluente.sync.merge.Changes;
import dev.afluente.sync.merge.MergeListener;
import dev.afluente.sync.outbox.Outbox;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Takes a decision back: the row is as before, removed if it was, and pinned, so that no later sync decides the same
 * again. Where the decision was that two rows are one, they are two afterwards: the older has its former id and what the
 * user said, the other is new. What follows from a sync's change follows from this one, too. One transaction with its own
 * decision, its place in the feed and its event; repeated, it changes nothing.
 */
@ApplicationScoped
public class Undo {
    private final Ledger ledger;
    private final FeedHead feed;
    private final Outbox outbox;
    private final List<MergeListener> listeners;

    @Inject
    public Undo(Ledger ledger, FeedHead feed, Outbox outbox, @All List<MergeListener> listeners) {
        this.ledger = ledger;
        this.feed = feed;
        this.outbox = outbox;
        this.listeners = listeners;
    }

    /**
     * What stands after a decision was taken back.
     *
     * @param undoneBy the decision that says so
     * @param removed whether the row is removed now
     * @param splitInto the other row, where one became two
     */
    public record Undone(
            UUID decisionId,
            UUID undoneBy,
            UUID transactionId,
            boolean removed,
            @Schema(nullable = true) UUID splitInto) {}

    /** Returns null when the operator's tenant has no such decision; fails with {@code decision_final}. */
    Uni<Undone> of(Caller operator, UUID id) {
        return takeBack(
                operator,
                connection -> look(connection, operator, id),
                (connection, row, number) -> undo(connection, operator, id, row.getString("user_id"), number));
    }

    /**
     * The same for one of the rows that a decision says are new. Returns null when the tenant has no such decision about
     * that row.
     */
    Uni<Undone> of(Caller operator, UUID id, UUID transaction) {
        return takeBack(
                operator,
                connection -> NewRow.look(connection, operator, id, transaction),
                (connection, row, number) -> withdraw(connection, operator, id, row, number));
    }

    /** What takes a decision back that is open. */
    @FunctionalInterface
    private interface Work {
        Uni<Void> of(SqlConnection connection, Row row, long number);
    }

    private Uni<Undone> takeBack(Caller operator, Function<SqlConnection, Uni<Row>> look, Work work) {
        return ledger.ofTenant(operator.tenant(), connection -> look.apply(connection)
                        .chain(row -> row == null || isUndone(row)
                                ? Uni.createFrom().item(row == null ? null : standing(row))
                                : feed.next(connection, operator.tenant(), row.getString("user_id"))
                                        .chain(number -> numbered(connection, number, look, work))))
                .invoke(outbox::wake);
    }

    /** Looks again once nobody else writes this person's rows. */
    private static Uni<Undone> numbered(
            SqlConnection connection, long number, Function<SqlConnection, Uni<Row>> look, Work work) {
        return look.apply(connection).chain(row -> {
            if (isUndone(row)) {
                return Uni.createFrom().item(standing(row));
            }
            if (!row.getBoolean("open")) {
                throw ProblemCode.DECISION_FINAL.problem();
            }
            return work.of(connection, row, number)
                    .chain(() -> look.apply(connection))
                    .map(Undo::standing);
        });
    }

    private Uni<Void> withdraw(SqlConnection connection, Caller operator, UUID id, Row row, long number) {
        UUID transaction = row.getUUID("transaction_id");
        Changes changes = new Changes(number, List.of(), List.of(), List.of(transaction));
        UUID undone = UuidCreator.getTimeOrderedEpoch();
        return NewRow.withdraw(connection, operator, id, transaction, undone, number)
                .chain(() -> follow(connection, operator.tenant(), row.getString("user_id"), changes))
                .chain(() -> outbox.add(connection, event(operator, row, changes), TraceParent.fresh()));
    }

    private static Uni<Row> look(SqlConnection connection, Caller operator, UUID id) {
        return connection
                .preparedQuery(UndoStatements.LOOK)
                .execute(Tuple.of(operator.tenant(), id))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    private Uni<Void> undo(SqlConnection connection, Caller operator, UUID id, String user, long number) {
        UUID undone = UuidCreator.getTimeOrderedEpoch();
        UUID other = UuidCreator.getTimeOrderedEpoch();
        return connection
                .preparedQuery(UndoStatements.RESTORE)
                .execute(Tuple.of(operator.tenant(), id, number))
                .map(rows -> rows.iterator().next())
                .chain(row -> {
                    UUID split = row.getBoolean("split") ? other : null;
                    Changes changes = changes(row, split, number);
                    return split(connection, operator, row, split, number)
                            .chain(() -> follow(connection, operator.tenant(), user, changes))
                            .chain(() -> connection
                                    .preparedQuery(UndoStatements.TELL)
                                    .execute(Tuple.of(operator.tenant(), id, undone, number)
                                            .addUUID(split)))
                            .chain(() -> outbox.add(connection, event(operator, row, changes), TraceParent.fresh()));
                });
    }

    private Uni<Void> follow(SqlConnection connection, String tenant, String user, Changes changes) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.merged(connection, tenant, user, changes))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> split(SqlConnection connection, Caller operator, Row row, UUID other, long number) {
        return other == null
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(UndoStatements.SPLIT)
                        .execute(Tuple.of(operator.tenant(), row.getString("was"), other, number)
                                .addUUID(UuidCreator.getTimeOrderedEpoch()))
                        .replaceWithVoid();
    }

    private static Changes changes(Row row, UUID other, long number) {
        List<UUID> it = List.of(row.getUUID("id"));
        boolean removed = row.getBoolean("removed");
        return new Changes(
                number, other == null ? List.of() : List.of(other), removed ? List.of() : it, removed ? it : List.of());
    }

    private static TransactionsMerged event(Caller operator, Row row, Changes changes) {
        return new TransactionsMerged(
                operator.tenant(),
                row.getUUID("connection_id"),
                row.getUUID("account_id"),
                null,
                changes.added(),
                changes.modified(),
                changes.removed());
    }

    private static boolean isUndone(Row row) {
        return row.getUUID("undone_by") != null;
    }

    private static Undone standing(Row row) {
        return new Undone(
                row.getUUID("id"),
                row.getUUID("undone_by"),
                row.getUUID("transaction_id"),
                row.getBoolean("removed"),
                row.getUUID("split_into"));
    }
}
