package dev.afluente.sync.transaction;

import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns rows of {@link TransactionView#COLUMNS} into what clients see. Names of categories are asked for once for all
 * rows, in the transaction that read them, so that a category has one name wherever it is shown.
 */
@ApplicationScoped
public class TransactionRows {
    private final KnownCategories categories;

    @Inject
    public TransactionRows(KnownCategories categories) {
        this.categories = categories;
    }

    /** Returns the rows as views, in their order. */
    public Uni<List<TransactionView>> views(SqlConnection connection, Caller caller, RowSet<Row> rows) {
        Set<String> known = new HashSet<>();
        rows.forEach(row -> {
            if (row.getString("category_id") != null) {
                known.add(row.getString("category_id"));
            }
        });
        return (known.isEmpty()
                        ? Uni.createFrom().item(Map.<String, String>of())
                        : categories.names(connection, caller, known))
                .map(names -> {
                    List<TransactionView> views = new ArrayList<>(rows.size());
                    rows.forEach(row -> views.add(TransactionView.of(row, names)));
                    return views;
                });
    }
}
