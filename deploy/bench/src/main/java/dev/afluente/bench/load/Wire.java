package dev.afluente.bench.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;

/**
 * One keep-alive connection that has at most one request under way. Reads no more of an answer than its status and the end of its
 * head: whoever answers is expected to send no body with a success. Lives on its socket's event loop.
 */
final class Wire {
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** Where the status stands in {@code HTTP/1.1 202 Accepted}. */
    private static final int STATUS = 9;

    private final NetSocket socket;
    private final Consumer<Wire> free;
    private final Latencies latencies;
    private Buffer answer = Buffer.buffer();
    private long since;

    Wire(NetSocket socket, Latencies latencies, Consumer<Wire> free) {
        this.socket = socket;
        this.latencies = latencies;
        this.free = free;
        socket.handler(this::more);
        socket.closeHandler(closed -> latencies.failed());
    }

    /** @param due when the request should have left, which is what its answer's time counts from */
    void send(Buffer request, long due) {
        since = due;
        socket.write(request);
    }

    private void more(Buffer piece) {
        answer.appendBuffer(piece);
        String head = answer.toString("ISO-8859-1");
        if (!head.contains(END_OF_HEAD)) {
            return;
        }
        answer = Buffer.buffer();
        if (head.charAt(STATUS) == '2') {
            latencies.answered(System.nanoTime() - since);
            free.accept(this);
        } else {
            latencies.failed();
            socket.close();
        }
    }
}
