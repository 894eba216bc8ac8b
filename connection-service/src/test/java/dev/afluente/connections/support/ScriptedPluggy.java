package dev.afluente.connections.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Pluggy over real HTTP whose next answers a test writes, for the answers a well-behaved simulator does not give: odd
 * statuses, odd bodies, a pause at a chosen moment, silence. One per JVM; {@link #reset} between tests.
 */
public final class ScriptedPluggy implements QuarkusTestResourceLifecycleManager {
    /** What a path answers instead of its usual answer. */
    public record Answer(int status, String body, Map<String, String> headers) {
        public static Answer of(int status, String codeDescription) {
            JsonObject body = new JsonObject().put("code", status).put("message", "Nope ");
            return new Answer(
                    status,
                    (codeDescription == null ? body : body.put("codeDescription", codeDescription)).encode(),
                    Map.of());
        }
    }

    private static final Map<String, JsonObject> ITEMS = new ConcurrentHashMap<>();
    private static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> HELD = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> CALLS = new ConcurrentHashMap<>();
    private static final Map<String, List<String>> BODIES = new ConcurrentHashMap<>();
    private static final Map<String, JsonObject> BECOMES = new ConcurrentHashMap<>();
    private static final List<JsonObject> TOKEN_REQUESTS = new CopyOnWriteArrayList<>();
    private static volatile String validKey = "none";
    private static volatile int refusal = 401;
    private static volatile JsonArray connectors = new JsonArray();
    private static volatile JsonArray consents = new JsonArray();
    private static HttpServer server;

    @Override
    public Map<String, String> start() {
        return Map.of(
                "afluente.pluggy.url", listen(),
                "afluente.pluggy.client-id", "client",
                "afluente.pluggy.client-secret", "secret",
                "afluente.pluggy.deadline", "PT3S",
                "afluente.connectors.age", "PT0.2S",
                "afluente.runs.retry-pause", "PT0.3S",
                "quarkus.rest-client.pluggy.read-timeout", "2000",
                "afluente.pluggy.connect-url", "https://widget.example/connect?lang=pt");
    }

    @Override
    public void stop() {
        // The next class uses the same server; it ends with the JVM.
    }

    private static synchronized String listen() {
        if (server == null) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "scripted-pluggy");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", ScriptedPluggy::handle);
            server.start();
        }
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Forgets everything; held calls go on. */
    public static void reset() {
        HELD.values().forEach(CountDownLatch::countDown);
        List.of(ITEMS, ANSWERS, HELD, CALLS, BODIES, BECOMES).forEach(Map::clear);
        TOKEN_REQUESTS.clear();
        connectors = new JsonArray();
        consents = new JsonArray();
    }

    /** Puts an item there, as complete as the real ones are. */
    public static JsonObject item(String id, String owner, String status, Instant updatedAt) {
        JsonObject item = new JsonObject()
                .put("id", id)
                .put(
                        "connector",
                        new JsonObject()
                                .put("id", 601)
                                .put("name", "Itaú")
                                .put("imageUrl", "https://img.example/601.svg")
                                .put("primaryColor", "ec7000")
                                .put("isOpenFinance", true))
                .put("status", status)
                .put("executionStatus", status.equals("UPDATED") ? "SUCCESS" : "CREATED")
                .put("clientUserId", owner)
                .put("products", new JsonArray().add("ACCOUNTS").add("TRANSACTIONS"))
                .put("createdAt", "2026-01-05T13:00:00.000Z")
                .put("updatedAt", updatedAt.toString())
                .put("lastUpdatedAt", updatedAt.toString());
        ITEMS.put(id, item);
        return item;
    }

    /** Returns an item as it is. */
    public static JsonObject present(String id) {
        return ITEMS.get(id);
    }

    /** Puts an item there as it is given. */
    public static void put(String id, JsonObject item) {
        ITEMS.put(id, item);
    }

    public static void remove(String id) {
        ITEMS.remove(id);
    }

    /** What every item's consents are from now on. */
    public static void consents(JsonArray list) {
        consents = list;
    }

    /** Returns the bodies that came with a call, in order. */
    public static List<String> bodies(String call) {
        return BODIES.getOrDefault(call, List.of());
    }

    public static void connectors(JsonArray list) {
        connectors = list;
    }

    /** The key in use is no longer good; Pluggy says so with this status. */
    public static void expireKey(int status) {
        validKey = "none";
        refusal = status;
    }

    /** From now on this path ({@code METHOD /path}) answers this. */
    public static void answer(String call, Answer answer) {
        ANSWERS.put(call, answer);
    }

    /** From now on this call makes its item this one, and answers with it. */
    public static void becomes(String call, JsonObject item) {
        BECOMES.put(call, item);
    }

    public static void usual(String call) {
        ANSWERS.remove(call);
    }

    /** From now on this path answers nothing until the latch is counted down; at most half a minute. */
    public static CountDownLatch hold(String call) {
        CountDownLatch latch = new CountDownLatch(1);
        HELD.put(call, latch);
        return latch;
    }

    /** New calls are answered again; those that are held stay so. */
    public static void lift(String call) {
        HELD.remove(call);
    }

    public static void release(String call) {
        HELD.remove(call).countDown();
    }

    /** Counts a call from nothing again. */
    public static void forgetCalls(String call) {
        CALLS.remove(call);
    }

    public static int calls(String call) {
        return CALLS.getOrDefault(call, new AtomicInteger()).get();
    }

    public static List<JsonObject> tokenRequests() {
        return TOKEN_REQUESTS;
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String call =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            BODIES.computeIfAbsent(call, key -> new CopyOnWriteArrayList<>()).add(new String(body, UTF_8));
            CALLS.computeIfAbsent(call, key -> new AtomicInteger()).incrementAndGet();
            boolean known = call.equals("POST /auth")
                    || validKey.equals(exchange.getRequestHeaders().getFirst("X-API-KEY"));
            Answer usual = known ? usual(call, body) : Answer.of(refusal, null);
            hold(HELD.get(call));
            Answer answer = ANSWERS.getOrDefault(call, usual);
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
            byte[] bytes = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            if (latch != null && !latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Held too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer usual(String call, byte[] body) {
        if (call.equals("POST /auth")) {
            validKey = UUID.randomUUID().toString();
            return ok(new JsonObject().put("apiKey", validKey));
        }
        if (call.equals("POST /connect_token")) {
            TOKEN_REQUESTS.add(new JsonObject(new String(body, UTF_8)));
            return ok(new JsonObject().put("accessToken", "token+" + TOKEN_REQUESTS.size()));
        }
        if (call.equals("GET /consents")) {
            return ok(new JsonObject().put("results", consents));
        }
        if (call.equals("GET /connectors")) {
            return ok(new JsonObject().put("results", connectors));
        }
        String[] path = call.split("/", -1);
        String id = path.length > 2 ? path[2] : "";
        JsonObject item = ITEMS.get(id);
        if (item == null) {
            return Answer.of(404, "ITEM_NOT_FOUND");
        }
        if (BECOMES.containsKey(call)) {
            ITEMS.put(id, BECOMES.get(call));
            return ok(BECOMES.get(call));
        }
        if (call.startsWith("DELETE ")) {
            ITEMS.remove(id);
            return ok(new JsonObject().put("count", 1));
        }
        return ok(item);
    }

    private static Answer ok(JsonObject body) {
        return new Answer(200, body.encode(), Map.of());
    }
}
