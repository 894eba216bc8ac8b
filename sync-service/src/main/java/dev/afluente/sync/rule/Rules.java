package dev.afluente.sync.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.model.http.Caller;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.account.Accounts;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.feed.OwnChanges;
import dev.afluente.sync.transaction.KnownCategories;
import dev.afluente.sync.transaction.SearchText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A person's rules, at most {@value #MAX}. A rule and what it does to the rows that are there are one transaction, which
 * holds the person's place in the feed from its start: a merge sees the rules before or after, and no row escapes.
 */
@ApplicationScoped
public class Rules {
    static final int MAX = 500;

    private static final String OWN =
            "SELECT " + RuleView.COLUMNS + " FROM category_rule WHERE tenant_id = $1 AND user_id = $2";

    private static final String NEXT = """
            SELECT count(*) AS number, least(coalesce(max(priority) + 1, 0), 1000000) AS priority
            FROM category_rule WHERE tenant_id = $1 AND user_id = $2""";

    private static final String WRITE = """
            INSERT INTO category_rule AS r (tenant_id, user_id, id, priority, category_id, text, text_match, merchant,
                document, min_amount, max_amount, account_id, type, text_key, merchant_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, search_key($8))
            ON CONFLICT (tenant_id, id) DO UPDATE
            SET priority = EXCLUDED.priority, category_id = EXCLUDED.category_id, text = EXCLUDED.text,
                text_match = EXCLUDED.text_match, merchant = EXCLUDED.merchant, document = EXCLUDED.document,
                min_amount = EXCLUDED.min_amount, max_amount = EXCLUDED.max_amount,
                account_id = EXCLUDED.account_id, type = EXCLUDED.type, text_key = EXCLUDED.text_key,
                merchant_key = EXCLUDED.merchant_key, updated_at = now()""";

    private static final String DELETE = "DELETE FROM category_rule WHERE tenant_id = $1 AND user_id = $2 AND id = $3";

    private final Ledger ledger;
    private final OwnChanges changes;
    private final KnownCategories categories;
    private final RuleApplication application;

    @Inject
    public Rules(Ledger ledger, OwnChanges changes, KnownCategories categories, RuleApplication application) {
        this.ledger = ledger;
        this.changes = changes;
        this.categories = categories;
        this.application = application;
    }

    /** Lists the rules in the order in which they are tried. */
    Uni<List<RuleView>> list(Caller caller) {
        return ledger.ofTenant(caller.tenant(), connection -> connection
                        .preparedQuery(OWN + " ORDER BY priority, id")
                        .execute(Tuple.of(caller.tenant(), caller.user())))
                .map(rows -> {
                    List<RuleView> rules = new ArrayList<>(rows.size());
                    rows.forEach(row -> rules.add(RuleView.of(row)));
                    return rules;
                });
    }

    /** Makes a rule and applies it; {@code invalid_body}, {@code category_not_found}, {@code account_not_found}. */
    Uni<RuleView> create(Caller caller, JsonNode body) {
        RuleView made = RuleDraft.created(UuidCreator.getTimeOrderedEpoch(), body);
        return changes.make(caller, (connection, number) -> add(connection, caller, made, number));
    }

    /**
     * Makes a rule in the caller's transaction, which has taken {@code number}.
     *
     * @param conditions the members of a rule without its category
     */
    public Uni<RuleView> create(
            SqlConnection connection, Caller caller, String category, JsonNode conditions, long number) {
        return add(
                connection, caller, RuleDraft.created(UuidCreator.getTimeOrderedEpoch(), category, conditions), number);
    }

    /** Changes a rule; one that stays as it was writes nothing. */
    Uni<RuleView> change(Caller caller, UUID id, JsonNode body) {
        return changes.make(
                caller, (connection, number) -> one(connection, caller, id).chain(old -> {
                    RuleView changed = RuleDraft.merged(old, body);
                    return changed.equals(old)
                            ? Uni.createFrom().item(old)
                            : write(connection, caller, changed, number);
                }));
    }

    /** Removes a rule; its rows fall to the next rule that holds, or to the provider's category. */
    Uni<Void> delete(Caller caller, UUID id) {
        return changes.make(caller, (connection, number) -> connection
                .preparedQuery(DELETE)
                .execute(Tuple.of(caller.tenant(), caller.user(), id))
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        throw ProblemCode.CATEGORY_RULE_NOT_FOUND.problem();
                    }
                    return application.afterDeletion(connection, caller.tenant(), caller.user(), number, id);
                })
                .replaceWithVoid());
    }

    private Uni<RuleView> add(SqlConnection connection, Caller caller, RuleView rule, long number) {
        return connection
                .preparedQuery(NEXT)
                .execute(Tuple.of(caller.tenant(), caller.user()))
                .map(rows -> rows.iterator().next())
                .chain(next -> {
                    if (next.getLong("number") >= MAX) {
                        throw ProblemCode.CONFLICT.because("A person has at most " + MAX + " rules.");
                    }
                    return write(connection, caller, placed(rule, next.getInteger("priority")), number);
                });
    }

    private static RuleView placed(RuleView rule, int last) {
        return rule.priority() != RuleDraft.LAST
                ? rule
                : new RuleView(
                        rule.id(),
                        last,
                        rule.categoryId(),
                        rule.text(),
                        rule.textMatch(),
                        rule.merchant(),
                        rule.document(),
                        rule.minAmount(),
                        rule.maxAmount(),
                        rule.accountId(),
                        rule.type());
    }

    private static Uni<RuleView> one(SqlConnection connection, Caller caller, UUID id) {
        return connection
                .preparedQuery(OWN + " AND id = $3")
                .execute(Tuple.of(caller.tenant(), caller.user(), id))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw ProblemCode.CATEGORY_RULE_NOT_FOUND.problem();
                    }
                    return RuleView.of(rows.iterator().next());
                });
    }

    private Uni<RuleView> write(SqlConnection connection, Caller caller, RuleView rule, long number) {
        return requireKnown(connection, caller, rule)
                .chain(() -> connection.preparedQuery(WRITE).execute(values(caller, rule)))
                .chain(() -> application.afterChange(connection, caller.tenant(), caller.user(), number, rule.id()))
                .replaceWith(rule);
    }

    private Uni<Void> requireKnown(SqlConnection connection, Caller caller, RuleView rule) {
        return categories
                .known(connection, caller, rule.categoryId())
                .invoke(known -> require(known, ProblemCode.CATEGORY_NOT_FOUND))
                .chain(() -> rule.accountId() == null
                        ? Uni.createFrom().voidItem()
                        : Accounts.ofOwn(connection, caller, rule.accountId(), () -> Uni.createFrom()
                                        .item(true))
                                .invoke(own -> require(own != null, ProblemCode.ACCOUNT_NOT_FOUND))
                                .replaceWithVoid());
    }

    private static void require(boolean there, ProblemCode otherwise) {
        if (!there) {
            throw otherwise.problem();
        }
    }

    private static Tuple values(Caller caller, RuleView rule) {
        return Tuple.tuple()
                .addString(caller.tenant())
                .addString(caller.user())
                .addUUID(rule.id())
                .addInteger(rule.priority())
                .addString(rule.categoryId())
                .addString(rule.text())
                .addString(rule.textMatch())
                .addString(rule.merchant())
                .addString(rule.document())
                .addBigDecimal(rule.minAmount())
                .addBigDecimal(rule.maxAmount())
                .addUUID(rule.accountId())
                .addString(rule.type())
                .addString(rule.text() == null ? null : SearchText.of(rule.text()));
    }
}
