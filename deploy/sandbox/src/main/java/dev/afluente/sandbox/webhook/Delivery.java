package dev.afluente.sandbox.webhook;

import java.time.Instant;

/**
 * One notification on its way to one URL.
 *
 * @param webhookId whose headers to send along, null for an item's own {@code webhookUrl}
 * @param body exactly the text that is sent and signed, at every attempt
 * @param attempts made so far
 */
public record Delivery(
        String id, String webhookId, String event, String url, String body, int attempts, Instant notBefore) {

    private static final int MOST = 9;
    private static final int MOST_OF_LOGIN_SUCCEEDED = 3;

    Delivery next(Instant at) {
        return new Delivery(id, webhookId, event, url, body, attempts + 1, at);
    }

    /** Nine attempts in three rounds; a login is told of in the first round only. */
    boolean isLast() {
        return attempts + 1 >= (event.equals("item/login_succeeded") ? MOST_OF_LOGIN_SUCCEEDED : MOST);
    }
}
