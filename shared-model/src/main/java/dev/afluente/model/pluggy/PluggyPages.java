package dev.afluente.model.pluggy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.afluente.model.pluggy.wire.RowTree;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The envelopes around Pluggy's answers, and the small bodies that go with its tokens and consents. */
public final class PluggyPages {
    private PluggyPages() {}

    /** A numbered page, as connectors, accounts, consents and webhooks come. */
    public record Numbered<T>(Integer page, Integer total, Integer totalPages, List<T> results) {}

    /**
     * A page of {@code GET /v2/transactions}: at most 500 rows. Rows stay raw, so that one unreadable row can be set
     * aside without losing the page.
     *
     * @param next a query string that begins with {@code ?} and repeats the filters; null on the last page
     */
    public record Cursored(
            @JsonDeserialize(contentUsing = RowTree.class) List<JsonNode> results, String next) {}

    /** The accounts of an item, in one page; raw for the same reason. */
    public record Accounts(
            @JsonDeserialize(contentUsing = RowTree.class) List<JsonNode> results) {}

    /** Body of {@code POST /auth}. */
    public record ClientKeys(String clientId, String clientSecret) {
        /** Holds no secret: a record's own text may end in a log. */
        @Override
        public String toString() {
            return "ClientKeys[hidden]";
        }
    }

    /** Answer of {@code POST /auth}. */
    public record ApiKey(String apiKey) {
        /** Holds no secret: a record's own text may end in a log. */
        @Override
        public String toString() {
            return "ApiKey[hidden]";
        }
    }

    /** Body of {@code POST /connect_token}; the options count only when nested. */
    public record ConnectTokenRequest(String itemId, Options options) {
        /** Tied to the items made with the token. */
        public record Options(
                String clientUserId, String webhookUrl, String oauthRedirectUri, Boolean avoidDuplicates) {}
    }

    /** Answer of {@code POST /connect_token}: valid for 30 minutes. */
    public record ConnectToken(String accessToken) {
        /** Holds no secret: a record's own text may end in a log. */
        @Override
        public String toString() {
            return "ConnectToken[hidden]";
        }
    }

    /** A consent as Pluggy answers it; valid when neither revoked nor past its expiry. */
    public record Consent(
            String id,
            String itemId,
            List<String> products,
            List<String> openFinancePermissionsGranted,
            Instant createdAt,
            Instant expiresAt,
            Instant revokedAt) {}

    /**
     * Where Pluggy delivers notifications; which headers it sends along is never shown.
     *
     * @param event one event's name, or {@code all}
     * @param disabledAt null while it delivers
     * @param updatedAt when anything of it was last changed, by whomever
     */
    public record Webhook(String id, String url, String event, Instant disabledAt, Instant updatedAt) {}

    /**
     * Body of {@code POST /webhooks} and of {@code PATCH /webhooks/{id}}, of which only what changes is sent: an url and an
     * event that stay count as a duplicate.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WebhookChange(String url, String event, Map<String, String> headers, Boolean enabled) {
        /** Holds no secret: a record's own text may end in a log. */
        @Override
        public String toString() {
            return "WebhookChange[hidden]";
        }
    }

    /** Answer of a deletion. */
    public record Deleted(Integer count) {}
}
