package dev.afluente.model.pluggy.wire;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An item as Pluggy answers it (reference: OpenAPI 3.1 of 2026-07-18, schema {@code Item}). Every field may be absent.
 * Both statuses are open enumerations and stay text.
 *
 * @param statusDetail per product; a product that was not asked for is null
 * @param consentExpiresAt Open Finance only; null does not expire
 */
public record PluggyItem(
        String id,
        PluggyConnector connector,
        String status,
        String executionStatus,
        Map<String, ProductStatus> statusDetail,
        Failure error,
        PluggyConnector.Credential parameter,
        UserAction userAction,
        String clientUserId,
        List<String> products,
        Instant createdAt,
        Instant updatedAt,
        Instant lastUpdatedAt,
        Instant nextAutoSyncAt,
        Instant consentExpiresAt,
        Integer consecutiveFailedLoginAttempts) {

    /** Returns when Pluggy last collected anything of this item; null when it never did. */
    public Instant collectedAt() {
        Stream<Instant> products = statusDetail == null
                ? Stream.empty()
                : statusDetail.values().stream().filter(Objects::nonNull).map(ProductStatus::lastUpdatedAt);
        return Stream.concat(Stream.ofNullable(lastUpdatedAt), products)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** How far one product got in the last sync with the institution. */
    public record ProductStatus(Boolean isUpdated, Instant lastUpdatedAt, List<Warning> warnings) {}

    /** A remark of Pluggy on one product. */
    public record Warning(String code, String message, String providerMessage) {}

    /** Why the last execution failed; {@code code} is an open enumeration. */
    public record Failure(String code, String message, String providerMessage) {}

    /** What the person has to do at the institution. */
    public record UserAction(String instructions, String type, Map<String, Object> attributes, Instant expiresAt) {}
}
