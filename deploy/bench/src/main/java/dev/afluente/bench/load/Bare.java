package dev.afluente.bench.load;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * The least an HTTP endpoint can do on the services' own HTTP stack: reads a body to its end and answers 204. A program of its
 * own; listens on 127.0.0.1 at the port it is given, with as many event loops as the services have.
 */
public final class Bare extends AbstractVerticle {
    private final int port;

    private Bare(int port) {
        this.port = port;
    }

    /** Takes the port. Runs until it is killed. */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx.vertx()
                .deployVerticle(() -> new Bare(port), new DeploymentOptions().setInstances(loops))
                .onFailure(failure -> System.exit(1));
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(request -> request.endHandler(end -> answer(request)))
                .listen()
                .<Void>mapEmpty()
                .onComplete(started);
    }

    /** Whoever waits for a program to be ready wants a 200. */
    private static void answer(HttpServerRequest request) {
        request.response()
                .setStatusCode(request.method().equals(HttpMethod.GET) ? 200 : 204)
                .end();
    }
}
