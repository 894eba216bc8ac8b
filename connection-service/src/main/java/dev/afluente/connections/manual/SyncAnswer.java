package dev.afluente.connections.manual;

import dev.afluente.connections.connection.ConnectionView.ActionView;
import dev.afluente.connections.provider.LinkInvitation;
import dev.afluente.connections.provider.UserNeed;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of a request to sync, and what the frontend does next. Members that do not apply are null.
 *
 * @param runId the run whose history tells the rest; null when there is none before the person has acted
 * @param retryAt when the bank may be read again
 * @param reason why it is too soon, as a stable code
 * @param connectToken opens the provider's widget for this connection; a secret of this person
 * @param expiresAt when the connect token does
 */
public record SyncAnswer(
        Status status,
        @Schema(nullable = true) UUID runId,
        @Schema(nullable = true) Instant retryAt,
        @Schema(nullable = true) String reason,
        @Schema(nullable = true) ActionView actionRequired,
        @Schema(nullable = true) String connectToken,
        @Schema(nullable = true) String connectUrl,
        @Schema(nullable = true) Instant expiresAt) {

    /** What became of it; clients branch on this. */
    public enum Status {
        SYNC_STARTED(true),
        ALREADY_SYNCING(true),
        MFA_REQUIRED(false),
        ACTION_REQUIRED(false),
        CREDENTIALS_REQUIRED(false),
        CONSENT_REQUIRED(false),
        TOO_SOON(false);

        private final boolean underWay;

        Status(boolean underWay) {
            this.underWay = underWay;
        }

        /** Tells whether the bank is being read without anything more from the person. */
        boolean underWay() {
            return underWay;
        }
    }

    static SyncAnswer underWay(Status status, UUID runId) {
        return new SyncAnswer(status, runId, null, null, null, null, null, null);
    }

    static SyncAnswer asks(Status status, UUID runId, UserNeed need) {
        return new SyncAnswer(status, runId, null, null, ActionView.of(need), null, null, null);
    }

    static SyncAnswer tooSoon(UUID runId, Instant retryAt, String reason) {
        return new SyncAnswer(Status.TOO_SOON, runId, retryAt, reason, null, null, null, null);
    }

    static SyncAnswer reconnect(Status status, UserNeed need, LinkInvitation invitation) {
        return new SyncAnswer(
                status,
                null,
                null,
                null,
                ActionView.of(need),
                invitation.token(),
                invitation.url(),
                invitation.expiresAt());
    }

    @Override
    public String toString() {
        return "SyncAnswer[" + status + ", runId=" + runId + "]";
    }
}
