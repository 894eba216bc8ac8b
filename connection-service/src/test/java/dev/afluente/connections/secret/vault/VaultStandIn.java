package dev.afluente.connections.secret.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The endpoints of Vault that the service uses, over real HTTP and with real encryption. Batches with a bad item answer 400
 * with the results in the body, as Vault does. Tests say what it answers instead, and read how often it was asked.
 */
final class VaultStandIn implements AutoCloseable {
    static final String ROOT = "stand-in-root";

    private final Map<String, TransitKey> keys = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> secrets = new ConcurrentHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile int status = 200;

    VaultStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "vault-stand-in");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** From now on every call is answered with this status; 200 ends it. */
    void answer(int instead) {
        status = instead;
    }

    /** No token given out so far is good any more. */
    void forgetTokens() {
        tokens.clear();
    }

    TransitKey key(String name) {
        return keys.computeIfAbsent(name, made -> new TransitKey(true));
    }

    void putSecret(String path, JsonObject data) {
        secrets.put(path, data);
    }

    /** How often a kind of call came: {@code login}, {@code encrypt}, {@code decrypt}, {@code rewrap}, {@code keys}. */
    int calls(String kind) {
        return calls.getOrDefault(kind, new AtomicInteger()).get();
    }

    void forgetCalls() {
        calls.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath().substring("/v1/".length());
            JsonObject sent = body.length == 0 ? new JsonObject() : new JsonObject(new String(body, UTF_8));
            String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
            Reply reply = status == 200
                    ? reply(path, exchange.getRequestMethod(), token, sent)
                    : Reply.error(status, "the stand-in was told to");
            byte[] bytes = reply.body().encode().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), reply.status() == 204 ? -1 : bytes.length);
            if (reply.status() != 204) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private record Reply(int status, JsonObject body) {
        static Reply error(int status, String words) {
            return new Reply(status, new JsonObject().put("errors", new JsonArray().add(words)));
        }

        static Reply data(JsonObject data) {
            return new Reply(
                    200,
                    new JsonObject()
                            .put("request_id", UUID.randomUUID().toString())
                            .put("data", data));
        }
    }

    private Reply reply(String path, String method, String token, JsonObject sent) {
        String[] parts = path.split("/");
        String kind =
                path.endsWith("/login") || path.contains("/login/") ? "login" : parts[Math.min(1, parts.length - 1)];
        calls.computeIfAbsent(kind, key -> new AtomicInteger()).incrementAndGet();
        if (kind.equals("login")) {
            return login(sent);
        }
        if (token == null || !(token.equals(ROOT) || tokens.contains(token))) {
            return Reply.error(403, "permission denied");
        }
        if (path.equals("auth/token/renew-self")) {
            return auth(token);
        }
        if (path.startsWith("secret/data/")) {
            JsonObject data = secrets.get(path.substring("secret/data/".length()));
            return data == null
                    ? new Reply(404, new JsonObject().put("errors", new JsonArray()))
                    : Reply.data(new JsonObject()
                            .put("data", data)
                            .put("metadata", new JsonObject().put("version", 1).put("destroyed", false)));
        }
        return parts[0].equals("transit") ? transit(parts, method, sent) : new Reply(204, new JsonObject());
    }

    private Reply login(JsonObject sent) {
        if (!"a-pod".equals(sent.getString("jwt")) && !"a-password".equals(sent.getString("password"))) {
            return Reply.error(403, "permission denied");
        }
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        return auth(token);
    }

    private static Reply auth(String token) {
        JsonObject auth = new JsonObject()
                .put("client_token", token)
                .put("accessor", "accessor")
                .put("policies", new JsonArray().add("default"))
                .put("token_policies", new JsonArray().add("default"))
                .put("metadata", new JsonObject())
                .put("lease_duration", 86_400)
                .put("renewable", true)
                .put("entity_id", "")
                .put("token_type", "service")
                .put("orphan", true)
                .put("num_uses", 0);
        return new Reply(200, new JsonObject().put("auth", auth));
    }

    private Reply transit(String[] parts, String method, JsonObject sent) {
        String name = parts[2];
        if (parts[1].equals("keys")) {
            return keys(parts, method, sent);
        }
        TransitKey key = keys.get(name);
        if (key == null) {
            return Reply.error(400, "encryption key not found");
        }
        JsonArray results = new JsonArray();
        boolean refused = false;
        for (Object item : sent.getJsonArray("batch_input")) {
            JsonObject asked = (JsonObject) item;
            try {
                results.add(one(key, parts[1], asked));
            } catch (TransitKey.Refused e) {
                refused = true;
                results.add(new JsonObject().put("error", e.getMessage()));
            }
        }
        return new Reply(
                refused ? 400 : 200, new JsonObject().put("data", new JsonObject().put("batch_results", results)));
    }

    private static JsonObject one(TransitKey key, String call, JsonObject asked) throws TransitKey.Refused {
        String context = asked.getString("context");
        return switch (call) {
            case "encrypt" -> new JsonObject().put("ciphertext", key.encrypt(asked.getString("plaintext"), context));
            case "decrypt" -> new JsonObject().put("plaintext", key.decrypt(asked.getString("ciphertext"), context));
            default ->
                new JsonObject()
                        .put("ciphertext", key.encrypt(key.decrypt(asked.getString("ciphertext"), context), context));
        };
    }

    private Reply keys(String[] parts, String method, JsonObject sent) {
        String name = parts[2];
        if (parts.length == 4) {
            TransitKey key = keys.get(name);
            if (parts[3].equals("rotate")) {
                key.rotate();
            } else {
                key.oldest(sent.getInteger("min_decryption_version"));
            }
            return new Reply(204, new JsonObject());
        }
        if (method.equals("GET")) {
            TransitKey key = keys.get(name);
            return key == null
                    ? new Reply(404, new JsonObject().put("errors", new JsonArray()))
                    : Reply.data(key.describe(name));
        }
        keys.putIfAbsent(name, new TransitKey(Boolean.TRUE.equals(sent.getBoolean("derived"))));
        return new Reply(204, new JsonObject());
    }
}
