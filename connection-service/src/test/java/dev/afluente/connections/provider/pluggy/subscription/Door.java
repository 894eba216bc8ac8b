package dev.afluente.connections.provider.pluggy.subscription;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Where notifications arrive; remembers the header secret that came with each. One per JVM. */
public final class Door implements QuarkusTestResourceLifecycleManager {
    private static final String PATH = "/api/banking/webhooks/pluggy";
    private static final BlockingQueue<String> SECRETS = new LinkedBlockingQueue<>();
    private static HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(PATH, exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                SECRETS.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Webhook-Secret")));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        return Map.of("afluente.subscription.url", url());
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    static String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /** Returns the secrets that have come since this was last asked, in order. */
    static List<String> secrets() {
        List<String> come = new ArrayList<>();
        SECRETS.drainTo(come);
        return come;
    }
}
