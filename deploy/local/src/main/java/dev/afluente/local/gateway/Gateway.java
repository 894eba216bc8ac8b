package dev.afluente.local.gateway;

import dev.afluente.embedded.identity.Tokens;
import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One address in front of the three services, on 127.0.0.1. Bodies are streamed both ways; a service that is away is a 503 problem at
 * once, because connecting on loopback fails at once. Event loops; {@link #start} and {@link #close} block.
 */
public final class Gateway implements AutoCloseable {
    private static final int CONNECTIONS_PER_SERVICE = 128;

    private final Vertx vertx = Vertx.vertx();
    private final PortPlan ports;
    private final HttpClient client;
    private final HttpProxy proxy;
    private final DevTokenDoor devToken;
    private final HealthDoor health;
    private final AtomicReference<Instant> lastWebhook = new AtomicReference<>();
    private HttpServer server;

    public Gateway(PortPlan ports, Tokens tokens) {
        this.ports = ports;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(2_000),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SERVICE));
        this.proxy = HttpProxy.reverseProxy(client)
                .origin(context -> context.client().request(target(context)))
                .addInterceptor(new Away());
        this.devToken = new DevTokenDoor(tokens);
        this.health = new HealthDoor(client, ports);
    }

    /** Returns when the port is bound. */
    public Gateway start() {
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(ports.of(Role.GATEWAY));
        await(vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .listen()
                .onSuccess(listening -> server = listening));
        return this;
    }

    private void handle(HttpServerRequest request) {
        switch (withoutSlash(request.path())) {
            case "/dev/token" -> devToken.handle(request);
            case "/health" -> health.handle(request);
            default -> pass(request);
        }
    }

    private void pass(HttpServerRequest request) {
        Optional<Role> role = Route.of(request.path());
        if (role.isEmpty()) {
            Problems.send(request.response(), 404, "not_found", "There is nothing here");
            return;
        }
        if (role.get() == Role.WEBHOOK) {
            lastWebhook.set(Instant.now());
        }
        proxy.handle(request);
    }

    private RequestOptions target(ProxyContext context) {
        Role role = Route.of(context.request().proxiedRequest().path()).orElseThrow();
        return new RequestOptions().setHost("127.0.0.1").setPort(ports.of(role));
    }

    private static String withoutSlash(String path) {
        return path != null && path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** When the latest notification knocked; empty before the first. */
    public Optional<Instant> lastWebhook() {
        return Optional.ofNullable(lastWebhook.get());
    }

    public String url() {
        return ports.url(Role.GATEWAY);
    }

    /** Stops listening, drops what is under way. Repeatable. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> void await(Future<T> future) {
        try {
            future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "The gateway failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Turns a service that cannot be reached into a problem document; the proxy's own answer would be an empty 502. */
    private static final class Away implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            ProxyRequest request = context.request();
            return context.sendRequest().recover(unreachable -> {
                String problem = Problems.body(503, "upstream_unavailable", "A service does not answer at the moment");
                return Future.succeededFuture(request.release()
                        .response()
                        .setStatusCode(503)
                        .putHeader("content-type", Problems.CONTENT_TYPE)
                        .putHeader("retry-after", "1")
                        .setBody(Body.body(Buffer.buffer(problem))));
            });
        }
    }
}
