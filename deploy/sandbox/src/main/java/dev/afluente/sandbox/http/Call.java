package dev.afluente.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.auth.Caller;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One request to an endpoint, after it was let in. */
public record Call(RoutingContext context, Caller caller) {

    /** A path parameter. */
    public String path(String name) {
        return context.pathParam(name);
    }

    /** The first value of a query parameter, or null. */
    public String query(String name) {
        List<String> values = context.queryParam(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** @throws PluggyError 400 unless the parameter is there and a UUID */
    public String queryUuid(String name) {
        String value = query(name);
        if (value == null) {
            throw PluggyError.badRequest(name + " should not be null or undefined, " + name + " must be a UUID");
        }
        return uuid(name, value);
    }

    /** @throws PluggyError 400 unless the value is a UUID */
    public static String uuid(String name, String value) {
        try {
            return UUID.fromString(value).toString();
        } catch (IllegalArgumentException e) {
            throw PluggyError.badRequest(name + " must be a UUID");
        }
    }

    /** @throws PluggyError 400 for the first query parameter that the endpoint does not know */
    public void onlyQuery(Set<String> known) {
        for (String name : context.queryParams().names()) {
            if (!known.contains(name)) {
                throw PluggyError.badRequest("property " + name + " should not exist");
            }
        }
    }

    /** The JSON object sent, empty when nothing was sent. @throws PluggyError 400 for anything else */
    public JsonNode body() {
        Buffer buffer = context.body().buffer();
        if (buffer == null || buffer.length() == 0) {
            return Json.object();
        }
        try {
            JsonNode body = Json.MAPPER.readTree(buffer.getBytes());
            if (body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            throw PluggyError.badRequest("Unexpected token in JSON at position 0");
        }
        throw PluggyError.badRequest("The body must be a JSON object");
    }

    /** Scheme and authority under which the caller reached the simulator. */
    public String base() {
        return context.request().scheme() + "://" + context.request().authority();
    }
}
