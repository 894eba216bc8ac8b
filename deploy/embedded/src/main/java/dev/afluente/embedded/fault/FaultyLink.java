package dev.afluente.embedded.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy in front of one server whose faults a test switches while connections are open. Listens on the loopback address,
 * on a free port that stays the same. Two daemon threads per connection: meant for some hundred connections, not thousands.
 * Thread-safe.
 */
public final class FaultyLink implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final InetSocketAddress server;
    private final ServerSocket door;
    private final Weather weather = new Weather();
    private final Set<LinkedPair> pairs = ConcurrentHashMap.newKeySet();

    private FaultyLink(InetSocketAddress server, ServerSocket door) {
        this.server = server;
        this.door = door;
    }

    /** Opens a link without a fault to a server, which need not run yet. */
    public static FaultyLink to(String host, int port) {
        try {
            ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            FaultyLink link = new FaultyLink(new InetSocketAddress(host, port), door);
            LinkedPair.daemon("faulty-link-door", link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect to, on {@code 127.0.0.1}. */
    public int port() {
        return door.getLocalPort();
    }

    /** From now on, for every connection, until the next call. */
    public void become(Fault fault) {
        weather.become(fault);
        if (fault instanceof Fault.Reset) {
            pairs.forEach(LinkedPair::reset);
        }
    }

    /** From now on everything passes. */
    public void heal() {
        become(new Fault.None());
    }

    /** Connections that are open through this link. */
    public int open() {
        return pairs.size();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                // a server that is slow to accept must not hold up the next client
                LinkedPair.daemon("faulty-link", () -> join(client));
            } catch (IOException e) {
                // the link is closed; anything else ends in clients that cannot connect, which a test sees
                return;
            }
        }
    }

    private void join(Socket client) {
        Socket upstream = new Socket();
        LinkedPair pair = new LinkedPair(client, upstream, weather, pairs::remove);
        pairs.add(pair);
        try {
            upstream.connect(server);
        } catch (IOException e) {
            pair.reset();
            return;
        }
        pair.carry();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pairs.forEach(LinkedPair::reset);
    }
}
