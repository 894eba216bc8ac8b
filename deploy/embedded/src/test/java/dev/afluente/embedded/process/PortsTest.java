package dev.afluente.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void noOutgoingConnectionTakesAPortThatAServerComesBackTo() {
        assertThat(IntStream.range(0, 200).map(i -> Ports.free()))
                .allSatisfy(port -> assertThat(port).isBetween(1_024, Ports.END - 1))
                .allSatisfy(port -> assertThat(Ports.isFree(port)).isTrue());
    }

    @Test
    void whoWaitsForAServerDoesNotStandInItsPlace() throws Exception {
        int port = Ports.free();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> looks = thread.submit(() -> {
                int count = 0;
                for (; !over.get(); count++) {
                    Ports.isServed(port);
                }
                return count;
            });
            for (int i = 0; i < 2_000; i++) {
                serve(port).close();
            }
            over.set(true);
            assertThat(looks.get(10, TimeUnit.SECONDS)).isPositive();
        } finally {
            over.set(true);
            thread.shutdownNow();
        }
        assertThat(Ports.isServed(port)).isFalse();
        try (ServerSocket server = serve(port)) {
            assertThat(Ports.isServed(server.getLocalPort())).isTrue();
        }
    }

    private static ServerSocket serve(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return server;
    }
}
