package dev.afluente.sync.bulk;

import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.feed.OwnChanges;
import dev.afluente.sync.rule.RuleView;
import dev.afluente.sync.rule.Rules;
import dev.afluente.sync.transaction.KnownCategories;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * Puts many transactions into a category at once: one statement, one number in the feed, all or nothing, and nothing
 * written where nothing differs. At most {@value #MAX_ROWS} rows, because everybody else who changes this person's ledger
 * waits meanwhile.
 */
@ApplicationScoped
public class BulkCategorisation {
    static final int MAX_ROWS = 20_000;

    private static final String HEAD = """
            WITH picked AS MATERIALIZED (
                SELECT tenant_id, id, user_category_id IS DISTINCT FROM $3::text AS differs FROM transaction
                WHERE tenant_id = $1 AND user_id = $2 AND deleted_at IS NULL""";

    private static final String TAIL = """
                 LIMIT %d),
            changed AS (
                UPDATE transaction t SET user_category_id = $3::text, change_seq = $4::bigint, updated_at = now()
                FROM picked p
                WHERE t.tenant_id = p.tenant_id AND t.id = p.id AND p.differs AND (SELECT count(*) FROM picked) <= %d
                RETURNING 1)
            SELECT (SELECT count(*) FROM picked) AS matched, (SELECT count(*) FROM changed) AS changed""".formatted(MAX_ROWS + 1, MAX_ROWS);

    private final OwnChanges changes;
    private final KnownCategories categories;
    private final Rules rules;

    @Inject
    public BulkCategorisation(OwnChanges changes, KnownCategories categories, Rules rules) {
        this.changes = changes;
        this.categories = categories;
        this.rules = rules;
    }

    /** Does as asked; {@code category_not_found}, {@code invalid_body} when it means too many, and those of a rule. */
    Uni<BulkOutcome> apply(Caller caller, BulkRequest request) {
        return changes.make(caller, (connection, number) -> requireKnown(connection, caller, request.category())
                .chain(() -> write(connection, caller, request, number))
                .chain(row -> rule(connection, caller, request, number).map(rule -> outcome(request, row, rule))));
    }

    private Uni<Void> requireKnown(SqlConnection connection, Caller caller, String category) {
        return category == null
                ? Uni.createFrom().voidItem()
                : categories
                        .known(connection, caller, category)
                        .invoke(known -> {
                            if (!known) {
                                throw ProblemCode.CATEGORY_NOT_FOUND.problem();
                            }
                        })
                        .replaceWithVoid();
    }

    private static Uni<Row> write(SqlConnection connection, Caller caller, BulkRequest request, long number) {
        StringBuilder sql = new StringBuilder(HEAD);
        Tuple values = Tuple.of(caller.tenant(), caller.user(), request.category(), number);
        if (request.ids() == null) {
            request.filter().appendTo(sql, values);
        } else {
            UUID[] ids = request.ids().toArray(UUID[]::new);
            sql.append(" AND id = ANY($")
                    .append(values.addArrayOfUUID(ids).size())
                    .append(")");
        }
        return connection
                .preparedQuery(sql.append(TAIL).toString())
                .execute(values)
                .map(rows -> rows.iterator().next());
    }

    private Uni<RuleView> rule(SqlConnection connection, Caller caller, BulkRequest request, long number) {
        return request.conditions() == null
                ? Uni.createFrom().nullItem()
                : rules.create(connection, caller, request.category(), request.conditions(), number);
    }

    private static BulkOutcome outcome(BulkRequest request, Row row, RuleView rule) {
        int matched = row.getInteger("matched");
        int changed = row.getInteger("changed");
        if (matched > MAX_ROWS) {
            throw ProblemCode.INVALID_BODY.because("The filter means more than " + MAX_ROWS + " transactions.");
        }
        int notFound = request.ids() == null ? 0 : request.ids().size() - matched;
        return new BulkOutcome(matched, changed, matched - changed, notFound, rule);
    }
}
