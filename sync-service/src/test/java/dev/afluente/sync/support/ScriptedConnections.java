package dev.afluente.sync.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** connection-service as this service meets it: HTTP with an answer of the test's choice. */
public final class ScriptedConnections implements QuarkusTestResourceLifecycleManager {
    /** What it was asked, as {@code POST /path token traceparent}. */
    public static final Queue<String> ASKED = new ConcurrentLinkedQueue<>();

    private static volatile Answer next;
    private HttpServer server;
    private ExecutorService threads;

    /** @param headers pairs */
    private record Answer(int status, String body, List<String> headers) {}

    /** From now on it answers so. */
    public static void answers(int status, String body, String... headers) {
        next = new Answer(status, body, List.of(headers));
        ASKED.clear();
    }

    /** From now on it takes requests and says nothing. */
    public static void fallsSilent() {
        next = null;
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", ScriptedConnections::answer);
        server.start();
        return Map.of(
                "afluente.connections.url",
                "http://localhost:" + server.getAddress().getPort(),
                "quarkus.rest-client.connections.read-timeout",
                "1000");
    }

    private static void answer(HttpExchange call) throws IOException {
        var headers = call.getRequestHeaders();
        ASKED.add(call.getRequestMethod() + " " + call.getRequestURI() + " " + headers.getFirst("Authorization") + " "
                + headers.getFirst("traceparent"));
        Answer answer = next;
        if (answer == null) {
            return;
        }
        for (int i = 0; i < answer.headers.size(); i += 2) {
            call.getResponseHeaders().set(answer.headers.get(i), answer.headers.get(i + 1));
        }
        byte[] body = answer.body.getBytes(UTF_8);
        call.sendResponseHeaders(answer.status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }
}
