package dev.afluente.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on 127.0.0.1. */
public final class Ports {
    /**
     * Systems give outgoing connections ports from 32768 (Linux) or 49152 on. A server that is away for a moment would lose such
     * a port to one of them, even to a client that asks for the server itself: it can be given the very port it asks.
     */
    static final int END = 32_768;

    private static final int FIRST = 15_000;
    private static final int TRIES = 1_000;
    private static final int CONNECT_MS = 1_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private Ports() {}

    /**
     * A port that is free now, and that no outgoing connection takes. Another server can take it before it is used; whoever
     * binds it reports that.
     */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on 127.0.0.1");
    }

    /** Tells whether somebody listens there; unlike {@link #isFree}, without taking the port for a moment. */
    public static boolean isServed(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), CONNECT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Tells whether a server could listen there. Not for a port that somebody is about to listen on: this takes it to see. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        // as servers do: a connection of the previous run in TIME_WAIT does not make the port taken
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
        return socket;
    }
}
