package dev.afluente.connections.provider.pluggy;

import dev.afluente.connections.provider.LinkState.Consent;
import dev.afluente.connections.provider.pluggy.refusal.PluggyTexts;
import dev.afluente.model.pluggy.PluggyPages;
import dev.afluente.model.pluggy.wire.PluggyItem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** An item's consents as the one that counts: each login may leave a new one, and the newest replaces the others. */
final class PluggyConsents {
    private static final int MAX_NAMES = 50;
    private static final String REVOKED = "USER_AUTHORIZATION_REVOKED";

    private PluggyConsents() {}

    /** Returns null when there is none. */
    static Consent newest(List<PluggyPages.Consent> consents) {
        return consents == null
                ? null
                : consents.stream()
                        .filter(Objects::nonNull)
                        .max(Comparator.comparing(PluggyConsents::givenAt))
                        .map(consent -> new Consent(
                                names(consent.products()),
                                names(consent.openFinancePermissionsGranted()),
                                consent.createdAt(),
                                consent.expiresAt(),
                                consent.revokedAt()))
                        .orElse(null);
    }

    /** A consent taken back at the bank shows in the item's error, and not always among its consents. */
    static Consent asTold(PluggyItem item, Consent consent) {
        boolean revoked = item.error() != null && REVOKED.equals(item.error().code());
        if (!revoked || (consent != null && consent.revokedAt() != null)) {
            return consent;
        }
        return consent == null
                ? new Consent(null, null, null, item.consentExpiresAt(), item.updatedAt())
                : new Consent(
                        consent.products(),
                        consent.permissions(),
                        consent.grantedAt(),
                        consent.expiresAt(),
                        item.updatedAt());
    }

    private static Instant givenAt(PluggyPages.Consent consent) {
        return consent.createdAt() == null ? Instant.EPOCH : consent.createdAt();
    }

    private static List<String> names(List<String> names) {
        return names == null
                ? List.of()
                : names.stream()
                        .map(PluggyTexts::product)
                        .filter(Objects::nonNull)
                        .distinct()
                        .limit(MAX_NAMES)
                        .toList();
    }
}
