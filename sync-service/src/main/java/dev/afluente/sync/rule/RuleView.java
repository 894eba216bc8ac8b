package dev.afluente.sync.rule;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A rule as clients see it. Every condition that is not null must hold.
 *
 * @param priority the lowest number wins; among equals the older rule
 * @param text found in the description without regard to accents and case, as {@code textMatch} says
 * @param textMatch {@code CONTAINS}, {@code EQUALS} or {@code STARTS}; null without a text
 * @param merchant the shop's name, whole, without regard to accents and case
 * @param document CPF or CNPJ of the other side, digits only
 * @param minAmount lowest signed amount, inclusive: money out is negative
 * @param maxAmount highest signed amount, inclusive
 * @param type {@code DEBIT} or {@code CREDIT}
 */
public record RuleView(
        UUID id,
        int priority,
        String categoryId,
        @Schema(nullable = true) String text,

        @Schema(nullable = true) String textMatch,

        @Schema(nullable = true) String merchant,
        @Schema(nullable = true) String document,
        @Schema(nullable = true) BigDecimal minAmount,
        @Schema(nullable = true) BigDecimal maxAmount,
        @Schema(nullable = true) UUID accountId,

        @Schema(nullable = true) String type) {

    static final String COLUMNS =
            "id, priority, category_id, text, text_match, merchant, document, min_amount, max_amount, account_id, type";

    static RuleView of(Row row) {
        return new RuleView(
                row.getUUID("id"),
                row.getInteger("priority"),
                row.getString("category_id"),
                row.getString("text"),
                row.getString("text_match"),
                row.getString("merchant"),
                row.getString("document"),
                row.getBigDecimal("min_amount"),
                row.getBigDecimal("max_amount"),
                row.getUUID("account_id"),
                row.getString("type"));
    }

    boolean hasCondition() {
        return text != null
                || merchant != null
                || document != null
                || minAmount != null
                || maxAmount != null
                || accountId != null
                || type != null;
    }
}
