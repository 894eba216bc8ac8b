package dev.afluente.connections.connection;

import dev.afluente.connections.connection.Connection.LastRun;
import dev.afluente.connections.consent.ConsentView;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Institution;
import dev.afluente.connections.provider.LinkState.Product;
import dev.afluente.connections.provider.UserNeed;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A connection as its owner sees it. The provider's own id of the link stays inside.
 *
 * @param statusReason the provider's code for why the last attempt failed; null when it did not
 * @param consent null when the connection rests on no consent
 * @param lastSync null before the first run ended
 * @param nextSync when something new may come without anybody's asking: the earlier of the provider's next reading of
 *     the bank and our next reading of the provider
 * @param actionRequired null when there is nothing for the person to do
 */
public record ConnectionView(
        UUID id,
        String provider,
        Institution bank,
        String status,
        @Schema(nullable = true) String statusReason,
        List<Product> products,
        @Schema(nullable = true) ConsentView consent,
        @Schema(nullable = true) LastRun lastSync,
        @Schema(nullable = true) Instant nextSync,
        @Schema(nullable = true) ActionView actionRequired,
        Instant createdAt) {

    /** @param kind {@code login}, {@code mfa}, {@code consent} or {@code action} */
    public record ActionView(
            String kind,
            @Schema(nullable = true) String reason,
            @Schema(nullable = true) String instructions,
            @Schema(nullable = true) UserNeed.Question parameter,
            @Schema(nullable = true) String url,
            @Schema(nullable = true) Instant expiresAt) {
        /** Returns null when there is no need. */
        public static ActionView of(UserNeed need) {
            return need == null
                    ? null
                    : new ActionView(
                            need.kind().name().toLowerCase(Locale.ROOT),
                            need.reason(),
                            need.instructions(),
                            need.question(),
                            need.url(),
                            need.expiresAt());
        }
    }

    /** Returns the connection as it stands at {@code now}. */
    public static ConnectionView of(Connection connection, Instant now) {
        return of(connection, connection.state(), now);
    }

    /** @param state the connection's own, with the bank's words as far as they could be opened */
    public static ConnectionView of(Connection connection, LinkState state, Instant now) {
        return new ConnectionView(
                connection.id,
                connection.provider,
                state.institution(),
                state.status().name(),
                state.reason(),
                state.products(),
                ConsentView.of(state, now),
                connection.lastRun(),
                earlier(state.nextSyncAt(), connection.automaticAt),
                action(state, now),
                connection.createdAt);
    }

    private static ActionView action(LinkState state, Instant now) {
        UserNeed need = state.need();
        boolean lapsed = state.consent() != null && !state.consent().validAt(now);
        // Without a consent the bank refuses the login as well: credentials would not help.
        if (lapsed && (need == null || need.kind() == UserNeed.Kind.LOGIN)) {
            need = new UserNeed(
                    UserNeed.Kind.CONSENT,
                    state.consent().revokedAt() == null ? "CONSENT_EXPIRED" : "CONSENT_REVOKED",
                    null,
                    null,
                    null,
                    null);
        }
        return ActionView.of(need);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
}
