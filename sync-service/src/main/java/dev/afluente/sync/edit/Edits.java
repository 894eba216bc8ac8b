package dev.afluente.sync.edit;

import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.feed.OwnChanges;
import dev.afluente.sync.transaction.KnownCategories;
import dev.afluente.sync.transaction.SearchText;
import dev.afluente.sync.transaction.TransactionView;
import dev.afluente.sync.transaction.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * Writes what a person says about a transaction, in columns no sync touches. Saying what stands already writes nothing,
 * not even a number in the feed.
 */
@ApplicationScoped
public class Edits {
    private static final String DIFFERS = """
            tenant_id = $1 AND user_id = $2 AND id = $3 AND deleted_at IS NULL
            AND (($4 AND user_category_id IS DISTINCT FROM $5) OR ($6 AND notes IS DISTINCT FROM $7))""";

    private static final String WOULD_CHANGE = "SELECT 1 FROM transaction WHERE " + DIFFERS;

    private static final String CHANGE = """
            UPDATE transaction
            SET user_category_id = CASE WHEN $4 THEN $5 ELSE user_category_id END,
                notes = CASE WHEN $6 THEN $7 ELSE notes END,
                notes_text = CASE WHEN $6 THEN $9 ELSE notes_text END,
                change_seq = $8, updated_at = now()
            WHERE\s""" + DIFFERS;

    private final Ledger ledger;
    private final OwnChanges changes;
    private final KnownCategories categories;
    private final Transactions transactions;

    @Inject
    public Edits(Ledger ledger, OwnChanges changes, KnownCategories categories, Transactions transactions) {
        this.ledger = ledger;
        this.changes = changes;
        this.categories = categories;
        this.transactions = transactions;
    }

    /** Applies an edit and returns the transaction as it then is; null when the user has none of that id. */
    Uni<TransactionView> apply(Caller caller, UUID id, Edit edit) {
        Tuple said = Tuple.tuple()
                .addString(caller.tenant())
                .addString(caller.user())
                .addUUID(id)
                .addBoolean(edit.setsCategory())
                .addString(edit.category())
                .addBoolean(edit.setsNotes())
                .addString(edit.notes());
        return ledger.ofTenant(caller.tenant(), database -> transactions
                        .one(database, caller, id)
                        .onItem()
                        .ifNotNull()
                        .transformToUni(present -> database.preparedQuery(WOULD_CHANGE)
                                .execute(said)
                                .chain(rows -> rows.size() == 0
                                        ? Uni.createFrom().item(present)
                                        : change(database, caller, id, edit, said))))
                .invoke(changes::wake);
    }

    private Uni<TransactionView> change(SqlConnection database, Caller caller, UUID id, Edit edit, Tuple said) {
        return requireKnown(database, caller, edit.category())
                .chain(() -> changes.within(database, caller, (connection, number) -> connection
                        .preparedQuery(CHANGE)
                        .execute(said.addLong(number).addString(SearchText.of(edit.notes(), null)))))
                .chain(() -> transactions.one(database, caller, id));
    }

    private Uni<Void> requireKnown(SqlConnection database, Caller caller, String category) {
        if (category == null) {
            return Uni.createFrom().voidItem();
        }
        return categories.known(database, caller, category).map(known -> {
            if (!known) {
                throw ProblemCode.INVALID_BODY.because("category_id names no category of yours or the provider's.");
            }
            return null;
        });
    }
}
