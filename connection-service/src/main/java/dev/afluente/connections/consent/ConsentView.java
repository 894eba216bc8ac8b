package dev.afluente.connections.consent;

import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Consent;
import dev.afluente.connections.provider.UserNeed;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a person has allowed, as they see it. Times are null where the provider does not tell.
 *
 * @param expiresAt null when it does not expire
 * @param revokedAt null unless it was taken back
 * @param validNow whether it was neither taken back nor has run out, and the bank does not ask for another
 */
public record ConsentView(
        List<String> products,
        List<String> permissions,
        @Schema(nullable = true) Instant grantedAt,
        @Schema(nullable = true) Instant expiresAt,
        @Schema(nullable = true) Instant revokedAt,
        boolean validNow) {

    /** Returns null when the link rests on no consent. */
    public static ConsentView of(LinkState state, Instant now) {
        Consent consent = state.consent();
        if (consent == null) {
            return null;
        }
        UserNeed need = state.need();
        boolean asked = need != null && need.kind() == UserNeed.Kind.CONSENT;
        return new ConsentView(
                consent.products(),
                consent.permissions(),
                consent.grantedAt(),
                consent.expiresAt(),
                consent.revokedAt(),
                !asked && consent.validAt(now));
    }
}
