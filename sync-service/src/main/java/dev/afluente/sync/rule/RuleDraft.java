package dev.afluente.sync.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.http.Members;
import dev.afluente.sync.transaction.SearchText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a person says of a rule: see {@link RuleView}. In a change, a member that is absent leaves what is there, and null
 * takes a condition away. A new rule without a priority comes after all others.
 */
public record RuleDraft(
        String categoryId,

        @Schema(nullable = true, minimum = "0", maximum = "1000000")
        Integer priority,

        @Schema(nullable = true) String text,

        @Schema(nullable = true, defaultValue = "CONTAINS") String textMatch,

        @Schema(nullable = true) String merchant,
        @Schema(nullable = true) String document,
        @Schema(nullable = true) BigDecimal minAmount,
        @Schema(nullable = true) BigDecimal maxAmount,
        @Schema(nullable = true) UUID accountId,

        @Schema(nullable = true) String type) {
    static final int LAST = -1;

    private static final int MAX_PRIORITY = 1_000_000;
    private static final int MAX_TEXT = 200;
    private static final int MAX_ID = 50;
    private static final List<String> MATCHES = List.of("CONTAINS", "EQUALS", "STARTS");
    private static final List<String> TYPES = List.of("DEBIT", "CREDIT");
    private static final Set<String> CONDITIONS = Set.of(
            "priority", "text", "text_match", "merchant", "document", "min_amount", "max_amount", "account_id", "type");
    private static final Set<String> MEMBERS = with(CONDITIONS, "category_id");

    /** Reads a new rule; {@code invalid_body} when it is none. Without a priority it is {@link #LAST}. */
    static RuleView created(UUID id, JsonNode body) {
        return merged(
                new RuleView(id, LAST, null, null, null, null, null, null, null, null, null),
                Members.of(body, MEMBERS));
    }

    /** Reads a new rule whose category is said elsewhere. */
    static RuleView created(UUID id, String category, JsonNode conditions) {
        return merged(
                new RuleView(id, LAST, category, null, null, null, null, null, null, null, null),
                Members.of(conditions, CONDITIONS));
    }

    /** Returns the rule as the person wants it; {@code invalid_body} when it would be none. */
    static RuleView merged(RuleView old, JsonNode body) {
        return merged(old, Members.of(body, MEMBERS));
    }

    private static RuleView merged(RuleView old, Members members) {
        String text = members.has("text") ? members.text("text", MAX_TEXT) : old.text();
        RuleView merged = new RuleView(
                old.id(),
                members.hasValue("priority") ? members.whole("priority", 0, MAX_PRIORITY) : old.priority(),
                members.has("category_id") ? members.text("category_id", MAX_ID) : old.categoryId(),
                text,
                text == null ? null : match(old, members),
                members.has("merchant") ? members.text("merchant", MAX_TEXT) : old.merchant(),
                members.has("document") ? document(members) : old.document(),
                members.has("min_amount") ? members.amount("min_amount") : old.minAmount(),
                members.has("max_amount") ? members.amount("max_amount") : old.maxAmount(),
                members.has("account_id") ? members.id("account_id") : old.accountId(),
                members.has("type") ? members.word("type", TYPES) : old.type());
        requireWhole(merged);
        return merged;
    }

    private static void requireWhole(RuleView rule) {
        if (rule.categoryId() == null) {
            throw ProblemCode.INVALID_BODY.because("A rule has a category_id.");
        }
        if (!rule.hasCondition()) {
            throw ProblemCode.INVALID_BODY.because("A rule has at least one condition.");
        }
        if (rule.text() != null && SearchText.of(rule.text()).isEmpty()) {
            throw Members.refused("text", "has something besides accents");
        }
        if (rule.minAmount() != null
                && rule.maxAmount() != null
                && rule.minAmount().compareTo(rule.maxAmount()) > 0) {
            throw Members.refused("min_amount", "is not above max_amount");
        }
    }

    private static String match(RuleView old, Members members) {
        String match = members.has("text_match") ? members.word("text_match", MATCHES) : old.textMatch();
        return match == null ? "CONTAINS" : match;
    }

    private static String document(Members members) {
        String text = members.text("document", MAX_ID);
        String digits = text == null ? null : text.replaceAll("[./-]", "");
        if (digits != null && !digits.matches("[0-9]{11}|[0-9]{14}")) {
            throw Members.refused("document", "is a CPF of 11 or a CNPJ of 14 digits");
        }
        return digits;
    }

    private static Set<String> with(Set<String> names, String... more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(Arrays.asList(more));
        return Set.copyOf(all);
    }
}
