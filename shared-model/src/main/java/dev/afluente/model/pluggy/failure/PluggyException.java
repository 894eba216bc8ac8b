package dev.afluente.model.pluggy.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * Pluggy answered, but not with what was asked for. Pluggy's own message is not kept: it may hold what a person typed.
 * Only the packages that speak Pluggy see this; they turn it into the failure their port names.
 */
public final class PluggyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String codeDescription;
    private final Duration retryAfter;
    private final transient JsonNode data;
    private final transient List<String> parameters;

    public PluggyException(
            int status, String codeDescription, Duration retryAfter, JsonNode data, List<String> parameters) {
        super("Pluggy answered " + status + (codeDescription == null ? "" : " " + codeDescription), null, false, false);
        this.status = status;
        this.codeDescription = codeDescription;
        this.retryAfter = retryAfter;
        this.data = data;
        this.parameters = parameters;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code to branch on, e.g. {@code ITEM_NOT_FOUND}; null when Pluggy gave none. */
    public String codeDescription() {
        return codeDescription;
    }

    /** How long Pluggy asks to wait; null when it does not say. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The member {@code data} of the error body; null when absent. */
    public JsonNode data() {
        return data;
    }

    /** Names of the parameters Pluggy found wrong, without their values; empty when it names none. */
    public List<String> parameters() {
        return parameters;
    }

    /**
     * Tells whether the API key was refused, so that a new one may help: a 401, or a 403 without {@code codeDescription}
     * (the OpenAPI document and Pluggy's error page disagree on which; a 403 with a code is a real refusal).
     */
    public boolean refusesKey() {
        return status == 401 || (status == 403 && codeDescription == null);
    }
}
