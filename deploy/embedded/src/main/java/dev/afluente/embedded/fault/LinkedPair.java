package dev.afluente.embedded.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/** One client's connection and the one to the server behind it, carried by one thread per direction. */
final class LinkedPair {
    private static final int PIECE = 8 * 1024;
    private static final int TRICKLES_PER_SECOND = 10;

    private final Socket client;
    private final Socket server;
    private final Weather weather;
    private final Consumer<LinkedPair> ended;

    LinkedPair(Socket client, Socket server, Weather weather, Consumer<LinkedPair> ended) {
        this.client = client;
        this.server = server;
        this.weather = weather;
        this.ended = ended;
    }

    static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Carries what the server says in a thread of its own, and what the client says in this one, until one of them ends. */
    void carry() {
        daemon("faulty-link-answers", () -> pump(server, client, true));
        pump(client, server, false);
    }

    /** Ends both connections with an RST. */
    void reset() {
        end(client, true);
        end(server, true);
        ended.accept(this);
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] piece = new byte[PIECE];
        long carried = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(piece);
            while (length >= 0) {
                if (!pass(out, piece, length, answers, carried)) {
                    return;
                }
                carried += length;
                length = in.read(piece);
            }
            close();
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    /** Returns false when the connection is no more. A fault that ends while a piece waits lets the piece pass. */
    private boolean pass(OutputStream out, byte[] piece, int length, boolean answers, long carried)
            throws IOException, InterruptedException {
        Fault fault = weather.now();
        if (fault instanceof Fault.Reset) {
            reset();
            return false;
        }
        if (fault instanceof Fault.BlackHole) {
            weather.awaitEnd(fault);
            return pass(out, piece, length, answers, carried);
        }
        if (fault instanceof Fault.Latency latency) {
            weather.outlasts(fault, latency.delay());
        }
        if (answers && fault instanceof Fault.SlowClose slow && weather.outlasts(fault, slow.after())) {
            close();
            return false;
        }
        if (answers && fault instanceof Fault.Trickle trickle) {
            trickle(out, piece, length, trickle);
            return true;
        }
        if (answers && fault instanceof Fault.CutAfter cut && carried + length > cut.bytes()) {
            write(out, piece, 0, (int) Math.max(0, cut.bytes() - carried));
            reset();
            return false;
        }
        write(out, piece, 0, length);
        return true;
    }

    private void trickle(OutputStream out, byte[] piece, int length, Fault.Trickle fault)
            throws IOException, InterruptedException {
        int step = Math.max(1, fault.bytesPerSecond() / TRICKLES_PER_SECOND);
        Duration pause = Duration.ofNanos(1_000_000_000L * step / fault.bytesPerSecond());
        for (int sent = 0; sent < length; sent += step) {
            weather.outlasts(fault, pause);
            write(out, piece, sent, Math.min(step, length - sent));
        }
    }

    private static void write(OutputStream out, byte[] piece, int from, int length) throws IOException {
        out.write(piece, from, length);
        out.flush();
    }

    private void close() {
        end(client, false);
        end(server, false);
        ended.accept(this);
    }

    private static void end(Socket socket, boolean abruptly) {
        try (socket) {
            if (abruptly) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // the other side, or the other thread, was faster; closed it is all the same
            assert socket.isClosed();
        }
    }
}
