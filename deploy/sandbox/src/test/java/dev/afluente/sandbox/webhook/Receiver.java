package dev.afluente.sandbox.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.afluente.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A real HTTP server that takes notifications and answers as it is told to. A status of 0 means no answer at all. */
public final class Receiver implements AutoCloseable {

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicReference<Function<Received, Integer>> answers = new AtomicReference<>(any -> 202);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;

    public record Received(String body, String signature, String secret, long nanos) {

        public JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String event() {
            return json().get("event").asText();
        }
    }

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var one = new Received(
                body,
                exchange.getRequestHeaders().getFirst("X-Pluggy-Signature"),
                exchange.getRequestHeaders().getFirst("X-Secret"),
                System.nanoTime());
        received.add(one);
        int status = answers.get().apply(one);
        if (status == 0) {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            exchange.sendResponseHeaders(status, -1);
        }
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    public void answer(Function<Received, Integer> answer) {
        answers.set(answer);
    }

    public List<Received> of(String event, String itemId) {
        return received.stream()
                .filter(one -> one.event().equals(event))
                .filter(one -> one.json().path("itemId").asText().equals(itemId))
                .toList();
    }

    public List<Received> all() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
