package dev.afluente.sandbox.item;

import dev.afluente.sandbox.connector.Credential;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A connection of one person with one institution. Immutable. */
public record Item(
        String id,
        Origin origin,
        Settings settings,
        State state,
        Progress progress,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * @param key what the accounts are drawn from
     * @param tokenId the connect token it was made with, null if made by the application
     */
    public record Origin(int connectorId, long key, String tokenId) {}

    /** {@code parameters} are the credentials last sent. */
    public record Settings(
            String clientUserId,
            String webhookUrl,
            String oauthRedirectUri,
            List<String> products,
            boolean autoSync,
            Map<String, String> parameters) {}

    /** What a reader sees of the execution. All but the first two may be null. */
    public record State(
            String status,
            String executionStatus,
            Problem error,
            Credential parameter,
            UserAction userAction,
            Map<String, Product> statusDetail) {

        public static State of(String status, String executionStatus) {
            return new State(status, executionStatus, null, null, null, null);
        }

        State collected(Instant now) {
            if (statusDetail == null) {
                return this;
            }
            Map<String, Product> detail = new LinkedHashMap<>(statusDetail);
            detail.replaceAll((name, product) ->
                    product != null && product.isUpdated() ? new Product(true, now, product.warning()) : product);
            return new State(status, executionStatus, error, parameter, userAction, detail);
        }
    }

    public record Problem(String code, String message, String providerMessage) {}

    /** {@code type} is qr or authorize-access; {@code path} is the simulator's page, which stands in for the bank's. */
    public record UserAction(String instructions, String type, String path, Instant expiresAt) {}

    /** {@code warning} is null when all went well. */
    public record Product(boolean isUpdated, Instant lastUpdatedAt, String warning) {}

    /**
     * @param triggeredBy USER, CLIENT or SYNC
     * @param answer of a challenge or an authorisation, true also while a person renews the connection, otherwise null
     * @param connected whether an execution has ever succeeded
     */
    public record Progress(
            String triggeredBy,
            Boolean answer,
            boolean connected,
            Instant lastUpdatedAt,
            Logins logins,
            List<Consent> consents) {}

    /** {@code endedAt} is the end of the last execution. */
    public record Logins(int failedInARow, Instant endedAt) {

        public static final Logins NONE = new Logins(0, null);
    }

    public record Consent(String id, Instant createdAt, Instant expiresAt, Instant revokedAt) {

        public boolean isValid(Instant now) {
            return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
        }
    }

    public Item with(Settings newSettings, Instant now) {
        return new Item(id, origin, newSettings, state, progress, createdAt, now);
    }

    public Item with(State newState, Instant now) {
        return new Item(id, origin, settings, newState, progress, createdAt, now);
    }

    public Item with(Progress newProgress, Instant now) {
        return new Item(id, origin, settings, state, newProgress, createdAt, now);
    }

    /** As after a collection that got what it got the last time, and found what the bank has now. */
    public Item collected(Instant now) {
        Progress after = new Progress(
                progress.triggeredBy(),
                progress.answer(),
                progress.connected(),
                now,
                progress.logins(),
                progress.consents());
        return new Item(id, origin, settings, state.collected(now), after, createdAt, now);
    }

    /** The latest consent, or null. */
    public Consent consent() {
        List<Consent> all = progress.consents();
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    public boolean isRunning() {
        return switch (state.status()) {
            case "UPDATING", "MERGING" -> true;
            default -> isWaiting();
        };
    }

    public boolean isWaiting() {
        return state.status().equals("WAITING_USER_INPUT") || state.status().equals("WAITING_USER_ACTION");
    }
}
