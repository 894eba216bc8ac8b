package dev.afluente.model.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.Locale;

/**
 * The stable {@code code} of every problem document (RFC 9457) this system answers with. Clients branch on it: a code
 * is never renamed and never changes its status.
 */
public enum ProblemCode {
    BAD_REQUEST(400, "The request cannot be understood"),
    INVALID_PARAMETER(400, "A parameter has a value that is not allowed"),
    INVALID_CURSOR(400, "The cursor is not one this list gave out"),
    INVALID_BODY(400, "The body is not what this operation takes"),
    INVALID_ANSWER(400, "The answer is not one the bank's question takes"),
    CREDENTIALS_REFUSED(400, "The credentials are not what this bank takes"),
    NOT_AN_EVENT(400, "The notification is not an event"),
    UNAUTHORIZED(401, "A valid access token is needed"),
    NOT_GENUINE(401, "The notification could not be proved genuine"),
    FORBIDDEN(403, "The access token lacks the role for this"),
    NOT_FOUND(404, "There is nothing here"),
    CONNECTION_NOT_FOUND(404, "No such connection"),
    ITEM_NOT_FOUND(404, "No such item"),
    ACCOUNT_NOT_FOUND(404, "No such account"),
    TRANSACTION_NOT_FOUND(404, "No such transaction"),
    SYNC_RUN_NOT_FOUND(404, "No such sync run"),
    BANK_NOT_FOUND(404, "No such bank"),
    CONSENT_NOT_FOUND(404, "This connection rests on no consent"),
    NOTIFICATION_NOT_FOUND(404, "No such notification"),
    CATEGORY_NOT_FOUND(404, "No such category"),
    CATEGORY_RULE_NOT_FOUND(404, "No such category rule"),
    BILL_NOT_FOUND(404, "No such bill"),
    TRANSFER_NOT_FOUND(404, "No such transfer"),
    DECISION_NOT_FOUND(404, "No such decision"),
    EVENT_NOT_FOUND(404, "No such event"),
    NO_ACTIVE_BANKS(404, "No bank can be connected at the moment"),
    METHOD_NOT_ALLOWED(405, "This method is not offered here"),
    NOT_ACCEPTABLE(406, "No representation fits the Accept header"),
    CONFLICT(409, "The request conflicts with the present state"),
    NO_PENDING_CHALLENGE(409, "The bank asks nothing at the moment"),
    CHALLENGE_EXPIRED(409, "The bank no longer waits for this answer"),
    CONNECTION_BUSY(409, "The bank is being read at the moment"),
    CATEGORY_IN_USE(409, "The category still has something in it"),
    DECISION_FINAL(409, "This decision cannot be undone any more"),
    EVENT_NOT_REPLAYABLE(409, "This event cannot be replayed as it stands"),
    PAYLOAD_TOO_LARGE(413, "The body is larger than allowed"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not taken here"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    PROVIDER_REJECTED(502, "The bank provider refused the request"),
    PROVIDER_UNAVAILABLE(503, "The bank provider does not answer at the moment"),
    SECRETS_UNAVAILABLE(503, "Secrets can be neither kept nor read at the moment"),
    STORAGE_UNAVAILABLE(503, "The data cannot be reached at the moment"),
    STREAM_UNAVAILABLE(503, "The notification cannot be kept safe at the moment"),
    UPSTREAM_UNAVAILABLE(503, "A service does not answer at the moment");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status this code always comes with. */
    public int status() {
        return status;
    }

    /** The sentence for people that goes with the code; the same in every document. */
    public String title() {
        return title;
    }

    /** The code as clients see it, e.g. {@code connection_not_found}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the problem without further detail. */
    public HttpProblem problem() {
        return builder().build();
    }

    /**
     * Returns the problem with a sentence for the developer who called.
     *
     * @param detail must hold neither secrets nor personal data nor the text of an exception
     */
    public HttpProblem because(String detail) {
        return builder().withDetail(detail).build();
    }

    /** Returns the problem with a {@code Retry-After} in whole seconds. */
    public HttpProblem retryAfter(long seconds) {
        return builder().withHeader("Retry-After", Long.toString(seconds)).build();
    }

    /** Returns a builder that already holds status, title and code. */
    public HttpProblem.Builder builder() {
        return HttpProblem.builder().withStatus(status).withTitle(title).with("code", wire());
    }

    /** Returns the most general code for a status that came from the framework rather than from our code. */
    static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 413 -> PAYLOAD_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> TOO_MANY_REQUESTS;
            case 503 -> STORAGE_UNAVAILABLE;
            default -> status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
        };
    }
}
