package dev.afluente.sandbox.connector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Json;
import java.time.Instant;
import java.util.List;

/**
 * Something a person is asked for (OpenAPI schema {@code ConnectorCredential}).
 *
 * @param validation a regular expression, and what to say when it does not match
 * @param extras what only challenges have; null for the rest
 */
public record Credential(
        String name, String label, String type, boolean mfa, boolean optional, Validation validation, Extras extras) {

    public record Validation(String regex, String message) {}

    /** {@code data} is a picture in base64, {@code options} the choices of a select. */
    public record Extras(String data, List<Option> options, String instructions, Instant expiresAt) {}

    public record Option(String value, String label) {}

    static Credential of(String name, String label, String type, String regex, String message) {
        return new Credential(name, label, type, false, false, new Validation(regex, message), null);
    }

    Credential asMfa() {
        return new Credential(name, label, type, true, false, validation, extras);
    }

    Credential asOptional() {
        return new Credential(name, label, type, mfa, true, validation, extras);
    }

    Credential with(Extras newExtras) {
        return new Credential(name, label, type, mfa, optional, validation, newExtras);
    }

    boolean accepts(String value) {
        return value.matches(validation.regex());
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("label", label)
                .put("type", type)
                .put("mfa", mfa)
                .put("optional", optional)
                .put("placeholder", "")
                .put("validation", validation.regex())
                .put("validationMessage", validation.message());
        if (extras == null) {
            return json;
        }
        if (extras.data() != null) {
            json.put("data", extras.data());
        }
        if (extras.options() != null) {
            ArrayNode options = json.putArray("options");
            extras.options()
                    .forEach(
                            one -> options.addObject().put("value", one.value()).put("label", one.label()));
        }
        return json.put("instructions", extras.instructions()).put("expiresAt", Json.time(extras.expiresAt()));
    }
}
