package dev.afluente.bench.load;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/**
 * Rendered requests sent over and over to one port of 127.0.0.1 on {@value #CONNECTIONS} keep-alive connections, from one event
 * loop: as cheap as a client can be, because it works on the same processors as what it measures. Not for concurrent use.
 */
public final class Volley implements AutoCloseable {
    /** As many connections as the aim names. */
    public static final int CONNECTIONS = 64;

    private final Vertx vertx = Vertx.vertx();
    private final List<Buffer> requests;
    private final int port;
    private int next;

    /**
     * @param rate answers a second
     * @param p50 milliseconds
     * @param p99 milliseconds
     * @param all answers that were 2xx, the time to warm up included
     * @param failures answers that were not 2xx, and connections that ended
     */
    public record Result(double rate, double p50, double p99, long all, long failures) {}

    public Volley(int port, List<Buffer> requests) {
        this.port = port;
        this.requests = List.copyOf(requests);
    }

    /** As fast as answers come: each connection sends its next request when it has its answer. */
    public Result peak(Duration warm, Duration measured) {
        Latencies latencies = new Latencies();
        NetClient client = client();
        for (int i = 0; i < CONNECTIONS; i++) {
            client.connect(port, "127.0.0.1")
                    .onFailure(failure -> latencies.failed())
                    .onSuccess(socket -> new Wire(socket, latencies, wire -> wire.send(request(), System.nanoTime()))
                            .send(request(), System.nanoTime()));
        }
        return result(client, latencies, warm, measured);
    }

    /** So many requests a second, whether or not there are answers; times count from when a request was due. */
    public Result at(double rate, Duration warm, Duration measured) {
        Latencies latencies = new Latencies();
        NetClient client = client();
        Pace pace = new Pace(rate);
        for (int i = 0; i < CONNECTIONS; i++) {
            client.connect(port, "127.0.0.1")
                    .onFailure(failure -> latencies.failed())
                    .onSuccess(socket -> pace.joins(socket, latencies));
        }
        long timer = vertx.setPeriodic(1, tick -> pace.send());
        try {
            return result(client, latencies, warm, measured);
        } finally {
            vertx.cancelTimer(timer);
        }
    }

    private NetClient client() {
        return vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    }

    private static Result result(NetClient client, Latencies latencies, Duration warm, Duration measured) {
        LockSupport.parkNanos(warm.toNanos());
        latencies.count(true);
        long began = System.nanoTime();
        LockSupport.parkNanos(measured.toNanos());
        latencies.count(false);
        double seconds = (System.nanoTime() - began) / 1e9;
        client.close();
        return new Result(
                latencies.answered() / seconds,
                latencies.percentile(50),
                latencies.percentile(99),
                latencies.all(),
                latencies.failures());
    }

    private synchronized Buffer request() {
        Buffer request = requests.get(next);
        next = (next + 1) % requests.size();
        return request;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Who is free, and what is due. Sockets live on several event loops, so it is locked. */
    private final class Pace {
        private final double perNano;
        private final long began = System.nanoTime();
        private final Queue<Wire> idle = new ArrayDeque<>();
        private long sent;

        Pace(double rate) {
            this.perNano = rate / 1e9;
        }

        synchronized void joins(NetSocket socket, Latencies latencies) {
            idle.add(new Wire(socket, latencies, this::free));
        }

        private synchronized void free(Wire wire) {
            idle.add(wire);
            send();
        }

        synchronized void send() {
            while (!idle.isEmpty() && sent < (System.nanoTime() - began) * perNano) {
                idle.remove().send(request(), began + (long) (sent / perNano));
                sent++;
            }
        }
    }
}
