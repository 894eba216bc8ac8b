package dev.afluente.webhooks.intake;

/** What a genuine body turned out to be. */
public sealed interface Content {

    /**
     * An event of Pluggy's, of whatever kind: kinds are added without notice.
     *
     * @param kind Pluggy's name of it, such as {@code item/updated}
     * @param id Pluggy's {@code eventId}, the same on every retry; where it is missing, a hash of the bytes, which is too
     * @param itemId the item it is about, or null
     * @param connectorId for {@code connector/*} kinds without an item: the entity's id; otherwise null
     * @param clientId the application it is addressed to, or null
     */
    record Event(String kind, String id, String itemId, String connectorId, String clientId) implements Content {

        /** The record's key. One item's events stay in order; what belongs to no item has no order to keep. */
        public String key() {
            if (itemId != null) {
                return itemId;
            }
            return connectorId != null ? "connector:" + connectorId : id;
        }
    }

    /**
     * Something no consumer could read as an event.
     *
     * @param id a hash of the bytes
     */
    record NotAnEvent(Reason reason, String id) implements Content {}

    /** Why bytes are not an event. The keys are stored with dead letters and must not change. */
    enum Reason {
        EMPTY,
        NOT_UTF8,
        BYTE_ORDER_MARK,
        MALFORMED_JSON,
        LIMIT_EXCEEDED,
        NOT_AN_OBJECT,
        TRAILING_CONTENT,
        NO_EVENT_KIND,
        FIELD_TOO_LONG;

        private final String key = name().toLowerCase(java.util.Locale.ROOT);

        /** A stable key in snake case. */
        public String key() {
            return key;
        }
    }
}
