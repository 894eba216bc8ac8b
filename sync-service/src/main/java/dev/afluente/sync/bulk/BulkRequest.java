package dev.afluente.sync.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Members;
import dev.afluente.sync.transaction.TransactionFilter;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What to categorise, and as what.
 *
 * @param ids which transactions; null when a filter says so
 * @param filter the members of the list's filters; null when ids say so
 * @param category null takes the person's own choice back
 * @param conditions the members of a rule to be made, without its category; null for none
 */
record BulkRequest(Set<UUID> ids, TransactionFilter filter, String category, JsonNode conditions) {
    static final int MAX_IDS = 1_000;

    private static final int MAX_ID = 50;
    private static final int MAX_VALUE = 200;
    private static final Set<String> MEMBERS = Set.of("transaction_ids", "filter", "category_id", "create_rule");

    /** Those filters that a rule has a condition for, by its name there. */
    private static final Map<String, String> CONDITIONS = Map.of(
            "account_id", "account_id",
            "type", "type",
            "min_amount", "min_amount",
            "max_amount", "max_amount",
            "q", "text");

    /** Refuses with {@code invalid_body}, or {@code invalid_parameter} for a filter's value. */
    static BulkRequest read(JsonNode body) {
        Members members = Members.of(body, MEMBERS);
        if (members.hasValue("transaction_ids") == members.hasValue("filter")) {
            throw ProblemCode.INVALID_BODY.because("Give either transaction_ids or filter.");
        }
        if (!members.has("category_id")) {
            throw ProblemCode.INVALID_BODY.because("Give a category_id; null takes the own choice back.");
        }
        String category = members.text("category_id", MAX_ID);
        Members filter =
                members.hasValue("filter") ? Members.of(members.value("filter"), TransactionFilter.NAMES) : null;
        return new BulkRequest(
                members.ids("transaction_ids", MAX_IDS),
                filter == null ? null : filter(filter),
                category,
                conditions(members, filter, category));
    }

    private static TransactionFilter filter(Members filter) {
        MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
        filter.sent().forEach(name -> values.add(name, filter.text(name, MAX_VALUE)));
        if (values.isEmpty()) {
            throw ProblemCode.INVALID_BODY.because("A filter that filters nothing would mean everything.");
        }
        return TransactionFilter.of(TransactionFilter.query(values));
    }

    private static JsonNode conditions(Members members, Members filter, String category) {
        JsonNode asked = members.value("create_rule");
        if (asked == null || (asked.isBoolean() && !asked.booleanValue())) {
            return null;
        }
        if (category == null) {
            throw ProblemCode.INVALID_BODY.because("A rule has a category_id.");
        }
        if (asked.isObject()) {
            return asked;
        }
        if (!asked.isBoolean() || filter == null) {
            throw Members.refused("create_rule", "is the conditions of a rule, or true together with a filter");
        }
        ObjectNode conditions = JsonNodeFactory.instance.objectNode();
        for (String name : filter.sent()) {
            if (!CONDITIONS.containsKey(name)) {
                throw Members.refused("create_rule", "cannot be true: no rule has a condition for every filter given");
            }
            conditions.set(CONDITIONS.get(name), filter.value(name));
        }
        return conditions;
    }
}
