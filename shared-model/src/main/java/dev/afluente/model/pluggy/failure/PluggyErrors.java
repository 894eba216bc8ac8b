package dev.afluente.model.pluggy.failure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.pluggy.wire.PluggyJson;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Reads Pluggy's one error shape, {@code {code, message, codeDescription?, data?}}, from any status of 400 and above. */
public final class PluggyErrors implements ResponseExceptionMapper<PluggyException> {
    private static final int MAX_ERROR_BYTES = 64 * 1024;
    private static final int MAX_PARAMETERS = 20;
    private static final long MAX_WAIT_SECONDS = 3600;

    @Override
    public PluggyException toThrowable(Response response) {
        JsonNode body = body(response);
        return new PluggyException(
                response.getStatus(),
                code(body.path("codeDescription")),
                retryAfter(response.getStatus(), response.getHeaders()),
                body.get("data"),
                parameters(body));
    }

    /** A code is a word. Anything else counts as none, so that a refused key is still known as one. */
    private static String code(JsonNode codeDescription) {
        String text = codeDescription.isTextual() ? codeDescription.textValue().trim() : "";
        return text.isEmpty() ? null : text;
    }

    /** The schema says {@code errors}, every example shows {@code details}. */
    private static List<String> parameters(JsonNode body) {
        Set<String> names = new LinkedHashSet<>();
        for (String list : List.of("details", "errors")) {
            for (JsonNode breach : body.path(list)) {
                if (breach.path("parameter").isTextual() && names.size() < MAX_PARAMETERS) {
                    names.add(breach.path("parameter").textValue());
                }
            }
        }
        return List.copyOf(names);
    }

    private static JsonNode body(Response response) {
        try (InputStream in = response.readEntity(InputStream.class)) {
            JsonNode body = in == null ? null : PluggyJson.MAPPER.readTree(in.readNBytes(MAX_ERROR_BYTES));
            return body == null ? PluggyJson.MAPPER.missingNode() : body;
        } catch (IOException | RuntimeException e) {
            // A gateway's HTML page is an error just as well: the status says enough.
            return PluggyJson.MAPPER.missingNode();
        }
    }

    /**
     * Pluggy's {@code RateLimit-Reset} counts down to the end of its window and means a wait only on a 429; its {@code
     * Retry-After} is always 60.
     */
    private static Duration retryAfter(int status, MultivaluedMap<String, Object> headers) {
        Long seconds = status == 429 ? seconds(headers.getFirst("RateLimit-Reset")) : null;
        if (seconds == null) {
            seconds = seconds(headers.getFirst("Retry-After"));
        }
        return seconds == null ? null : Duration.ofSeconds(Math.min(seconds, MAX_WAIT_SECONDS));
    }

    private static Long seconds(Object header) {
        try {
            return header == null
                    ? null
                    : Math.max(0, Long.parseLong(header.toString().trim()));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
