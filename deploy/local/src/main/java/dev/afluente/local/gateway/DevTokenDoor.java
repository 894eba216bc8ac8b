package dev.afluente.local.gateway;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.identity.Tokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code POST /dev/token}: a token for whoever asks. Exists in this launcher only. {@code user} is required; {@code tenant} defaults
 * to the default tenant and {@code roles} to {@code ["user"]}. Event loop; bodies of at most 16 KiB.
 */
final class DevTokenDoor {
    private static final int MAXIMUM_BODY = 16 * 1024;

    private final Tokens tokens;

    DevTokenDoor(Tokens tokens) {
        this.tokens = tokens;
    }

    void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader("allow", "POST");
            Problems.send(request.response(), 405, "method_not_allowed", "This method is not offered here");
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= MAXIMUM_BODY) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> answer(request, body));
    }

    private void answer(HttpServerRequest request, Buffer body) {
        if (body.length() > MAXIMUM_BODY) {
            Problems.send(request.response(), 413, "payload_too_large", "The body is larger than allowed");
            return;
        }
        try {
            String token = tokens.sign(claims(new JsonObject(body)));
            request.response()
                    .putHeader("content-type", "application/json")
                    .putHeader("cache-control", "no-store")
                    .end(new JsonObject().put("access_token", token).encode());
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            Problems.send(
                    request.response(),
                    400,
                    "invalid_body",
                    "Send {\"user\", \"tenant\"?, \"roles\"?}; user is required");
        }
    }

    private static TokenClaims claims(JsonObject wish) {
        String user = (String) wish.getValue("user");
        if (user == null || user.isBlank()) {
            throw new IllegalArgumentException("no user");
        }
        JsonArray roles = wish.getJsonArray("roles", JsonArray.of("user"));
        Set<String> groups = roles.stream().map(String.class::cast).collect(Collectors.toSet());
        return TokenClaims.of(user).withTenant((String) wish.getValue("tenant")).withGroups(groups);
    }
}
