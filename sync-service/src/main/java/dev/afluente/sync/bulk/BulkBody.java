package dev.afluente.sync.bulk;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a bulk categorisation as the document shows it; {@link BulkRequest} reads it. */
@Schema(description = "Either transaction_ids or filter.")
record BulkBody(
        @Schema(nullable = true, maxItems = BulkRequest.MAX_IDS)
        List<UUID> transactionIds,

        @Schema(nullable = true, description = "The list's own filters, by their names there; all values are strings.")
        Map<String, String> filter,

        @Schema(nullable = true, description = "null takes the caller's own choice back.")
        String categoryId,

        @Schema(
                nullable = true,
                description =
                        "A rule's conditions, to have the same done from now on; true takes them from the filter.")
        Object createRule) {}
