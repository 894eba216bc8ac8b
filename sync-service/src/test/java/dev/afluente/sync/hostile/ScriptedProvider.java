package dev.afluente.sync.hostile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Pluggy over real HTTP, whose accounts and rows are the very text a test wrote, however wrong. */
public final class ScriptedProvider implements QuarkusTestResourceLifecycleManager {
    /** What {@code GET /accounts} answers, by item. */
    static final Map<String, String> ACCOUNTS = new ConcurrentHashMap<>();

    /** What {@code GET /v2/transactions} answers, by account; by {@code ids=} nothing is found. */
    static final Map<String, String> ROWS = new ConcurrentHashMap<>();

    /** What an item says of its products. */
    static final Map<String, String> DETAILS = new ConcurrentHashMap<>();

    /** Instead of an answer: one that never ends. */
    static final String ENDLESS = "endless";

    /** How much of the last endless answer was taken, in bytes. */
    static final AtomicLong TAKEN = new AtomicLong();

    private static final long TOO_MUCH = 400L * 1024 * 1024;
    private static final int CHUNK = 64 * 1024;

    private HttpServer server;
    private ExecutorService threads;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newFixedThreadPool(4);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        return Map.of(
                "afluente.pluggy.url", "http://127.0.0.1:" + server.getAddress().getPort(),
                "afluente.pluggy.client-id", "any",
                "afluente.pluggy.client-secret", "any");
    }

    /** After the simulator, whose address is replaced. */
    @Override
    public int order() {
        return 100;
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getRawQuery();
        String body = "{}";
        if (path.equals("/auth")) {
            body = "{\"apiKey\":\"key\"}";
        } else if (path.startsWith("/items/")) {
            body = "{\"id\":\"" + path.substring("/items/".length())
                    + "\",\"status\":\"UPDATED\",\"executionStatus\":\"SUCCESS\",\"lastUpdatedAt\":\"2026-03-01T00:00:00.000Z\""
                    + ",\"statusDetail\":" + DETAILS.getOrDefault(path.substring("/items/".length()), "null") + "}";
        } else if (path.equals("/accounts")) {
            body = ACCOUNTS.getOrDefault(value(query, "itemId"), "{\"results\":[]}");
        } else if (path.equals("/v2/transactions")) {
            body = query.contains("ids=")
                    ? "{\"results\":[],\"next\":null}"
                    : ROWS.getOrDefault(value(query, "accountId"), "{\"results\":[],\"next\":null}");
        }
        if (body.equals(ENDLESS)) {
            goOn(exchange);
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int from = 0; from < bytes.length; from += CHUNK) {
                out.write(bytes, from, Math.min(CHUNK, bytes.length - from));
            }
        }
    }

    private static void goOn(HttpExchange exchange) throws IOException {
        byte[] row = "[],".repeat(CHUNK / 3).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        TAKEN.set(0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write("{\"results\":[".getBytes(StandardCharsets.UTF_8));
            while (TAKEN.addAndGet(row.length) < TOO_MUCH) {
                out.write(row);
            }
        }
    }

    private static String value(String query, String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }
}
