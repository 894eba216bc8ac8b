package dev.afluente.sync.category;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.feed.OwnChanges;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * A person's changes to their own categories. Each holds the person's place in the feed from its start: what it checked
 * is still so when it writes, and rows it moves to another category appear in order.
 */
@ApplicationScoped
public class CategoryEdits {
    private static final String INSERT = """
            INSERT INTO category (tenant_id, id, user_id, name, parent_id, colour)
            VALUES ($1, $2, $3, $4, $5, $6)""";

    private static final String UPDATE = """
            UPDATE category SET name = $4, parent_id = $5, colour = $6, updated_at = now()
            WHERE tenant_id = $1 AND id = $2 AND user_id = $3""";

    private static final String DELETE = "DELETE FROM category WHERE tenant_id = $1 AND id = $2 AND user_id = $3";

    private static final String USED = """
            SELECT EXISTS (SELECT FROM transaction
                    WHERE tenant_id = $1 AND user_id = $2 AND user_category_id = $3 AND deleted_at IS NULL)
                OR EXISTS (SELECT FROM category_rule WHERE tenant_id = $1 AND user_id = $2 AND category_id = $3)""";

    /** Rows that were removed move along unseen, for the day they come back. */
    private static final String MOVE_ROWS = """
            UPDATE transaction t
            SET user_category_id = CASE WHEN user_category_id = $3 THEN $4 ELSE user_category_id END,
                rule_category_id = CASE WHEN rule_category_id = $3 THEN $4 ELSE rule_category_id END,
                change_seq = CASE WHEN deleted_at IS NULL THEN $5::bigint ELSE change_seq END,
                updated_at = CASE WHEN deleted_at IS NULL THEN now() ELSE updated_at END
            WHERE tenant_id = $1 AND user_id = $2 AND (user_category_id = $3 OR rule_id IN (
                SELECT id FROM category_rule WHERE tenant_id = $1 AND user_id = $2 AND category_id = $3))""";

    private static final String FORGET = """
            UPDATE transaction SET user_category_id = NULL
            WHERE tenant_id = $1 AND user_id = $2 AND user_category_id = $3 AND deleted_at IS NOT NULL""";

    private static final String MOVE_RULES = """
            UPDATE category_rule SET category_id = $4, updated_at = now()
            WHERE tenant_id = $1 AND user_id = $2 AND category_id = $3""";

    private final OwnChanges changes;
    private final Categories categories;

    @Inject
    public CategoryEdits(OwnChanges changes, Categories categories) {
        this.changes = changes;
        this.categories = categories;
    }

    /** Makes a category; {@code invalid_body}, {@code category_not_found} for its parent, {@code conflict}. */
    Uni<CategoryView> create(Caller caller, JsonNode body) {
        CategoryView made = CategoryDraft.created(UuidCreator.getTimeOrderedEpoch(), body);
        return edit(caller, (connection, edit) -> {
            edit.tree().requireRoom();
            edit.tree().requirePlace(made);
            return write(connection, INSERT, caller, made);
        });
    }

    /** Changes a category; as {@link #create}, and {@code category_not_found} when it is none of theirs. */
    Uni<CategoryView> change(Caller caller, UUID id, JsonNode body) {
        return edit(caller, (connection, edit) -> {
            CategoryView old = edit.tree().own(id.toString());
            CategoryView changed = CategoryDraft.merged(old, body);
            if (changed.equals(old)) {
                return Uni.createFrom().item(old);
            }
            edit.tree().requirePlace(changed);
            return write(connection, UPDATE, caller, changed);
        });
    }

    /**
     * Removes a category. What carries it goes to {@code moveTo}; without one it must be empty, otherwise {@code
     * category_in_use}. Categories below it are in the way in any case: where they belong only the person knows.
     */
    Uni<Void> delete(Caller caller, UUID id, String moveTo) {
        String category = id.toString();
        return edit(caller, (connection, edit) -> {
            edit.tree().own(category);
            if (edit.tree().hasChildren(category)) {
                throw ProblemCode.CATEGORY_IN_USE.because("There are categories below it.");
            }
            if (moveTo != null && (moveTo.equals(category) || !edit.tree().knows(moveTo))) {
                throw ProblemCode.CATEGORY_NOT_FOUND.because("There is no such category to move to.");
            }
            return emptied(connection, caller, category, moveTo, edit.number())
                    .chain(() -> connection.preparedQuery(DELETE).execute(Tuple.of(caller.tenant(), id, caller.user())))
                    .replaceWithVoid();
        });
    }

    private static Uni<Void> emptied(
            SqlConnection connection, Caller caller, String category, String moveTo, long number) {
        if (moveTo == null) {
            return requireUnused(connection, Tuple.of(caller.tenant(), caller.user(), category));
        }
        return connection
                .preparedQuery(MOVE_ROWS)
                .execute(Tuple.of(caller.tenant(), caller.user(), category, moveTo, number))
                .chain(() -> connection
                        .preparedQuery(MOVE_RULES)
                        .execute(Tuple.of(caller.tenant(), caller.user(), category, moveTo)))
                .replaceWithVoid();
    }

    private static Uni<Void> requireUnused(SqlConnection connection, Tuple category) {
        return connection
                .preparedQuery(USED)
                .execute(category)
                .invoke(rows -> {
                    if (rows.iterator().next().getBoolean(0)) {
                        throw ProblemCode.CATEGORY_IN_USE.because("Name a category to move to.");
                    }
                })
                .chain(() -> connection.preparedQuery(FORGET).execute(category))
                .replaceWithVoid();
    }

    private record Edit(CategoryTree tree, long number) {}

    private <T> Uni<T> edit(Caller caller, BiFunction<SqlConnection, Edit, Uni<T>> work) {
        return changes.make(caller, (connection, number) -> categories
                .tree(connection, caller)
                .chain(tree -> work.apply(connection, new Edit(tree, number))));
    }

    private static Uni<CategoryView> write(SqlConnection connection, String sql, Caller caller, CategoryView category) {
        Tuple values = Tuple.tuple()
                .addString(caller.tenant())
                .addUUID(UUID.fromString(category.id()))
                .addString(caller.user())
                .addString(category.name())
                .addString(category.parentId())
                .addString(category.colour());
        return connection.preparedQuery(sql).execute(values).replaceWith(category);
    }
}
