package dev.afluente.sync.bulk;

import dev.afluente.sync.rule.RuleView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of a bulk categorisation.
 *
 * @param matched the caller's transactions that were meant
 * @param changed those among them that were written
 * @param unchanged those that carried the category already
 * @param notFound ids that are none of the caller's; 0 for a filter
 * @param rule the rule that was made; null unless one was asked for
 */
public record BulkOutcome(
        int matched,
        int changed,
        int unchanged,
        int notFound,
        @Schema(nullable = true) RuleView rule) {}
