package dev.afluente.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/**
 * A refusal in Pluggy's one error shape: {@code code} (the HTTP status), {@code message}, and where Pluggy documents one a
 * {@code codeDescription} to branch on. Carries no stack trace: refusals are ordinary answers here.
 */
public final class PluggyError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ObjectNode body;

    private PluggyError(int status, String codeDescription, String message) {
        super(message, null, false, false);
        this.status = status;
        this.body = Json.object().put("code", status).put("message", message);
        if (codeDescription != null) {
            body.put("codeDescription", codeDescription);
        }
    }

    public static PluggyError of(int status, String codeDescription, String message) {
        return new PluggyError(status, codeDescription, message);
    }

    /** A 400 without a {@code codeDescription}, as Pluggy gives for malformed requests. */
    public static PluggyError badRequest(String message) {
        return new PluggyError(400, null, message);
    }

    public static PluggyError notFound(String codeDescription, String message) {
        return new PluggyError(404, codeDescription, message);
    }

    public PluggyError with(String field, JsonNode value) {
        body.set(field, value);
        return this;
    }

    public int status() {
        return status;
    }

    public byte[] toBytes() {
        return Json.bytes(body.deepCopy().put("errorId", UUID.randomUUID().toString()));
    }
}
