package dev.afluente.embedded.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every fault is seen from the client's side, on a server that sends back what it gets. */
class FaultyLinkTest {
    private ServerSocket echo;
    private FaultyLink link;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LinkedPair.daemon("echo", this::serve);
        link = FaultyLink.to("127.0.0.1", echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        echo.close();
    }

    @Test
    void withoutAFaultEverythingPassesAndEndsTogether() throws IOException {
        Socket client = client();
        assertThat(ask(client, 20_000)).isEqualTo(20_000);
        client.close();
        await().atMost(Duration.ofSeconds(5)).until(() -> link.open() == 0);
    }

    @Test
    void latencyDelaysBothWays() throws IOException {
        try (Socket client = client()) {
            link.become(new Fault.Latency(Duration.ofMillis(150)));
            long began = System.nanoTime();
            assertThat(ask(client, 1)).isEqualTo(1);
            assertThat(since(began)).isBetween(Duration.ofMillis(290), Duration.ofSeconds(3));
        }
    }

    @Test
    void aResetReachesOpenConnectionsAndNewOnes() throws IOException {
        try (Socket open = client()) {
            ask(open, 1);
            link.become(new Fault.Reset());
            assertThatThrownBy(() -> ask(open, 1)).isInstanceOf(SocketException.class);
            try (Socket late = client()) {
                assertThatThrownBy(() -> ask(late, 1)).isInstanceOf(SocketException.class);
            }
        }
        link.heal();
        try (Socket client = client()) {
            assertThat(ask(client, 1)).isEqualTo(1);
        }
    }

    @Test
    void aBlackHoleIsSilentAndGivesBackWhatItHeldWhenItEnds() throws IOException {
        link.become(new Fault.BlackHole());
        try (Socket client = client()) {
            client.setSoTimeout(300);
            assertThatThrownBy(() -> ask(client, 5)).isInstanceOf(SocketTimeoutException.class);
            link.heal();
            client.setSoTimeout(5_000);
            assertThat(client.getInputStream().readNBytes(5)).hasSize(5);
        }
    }

    @Test
    void aSlowCloseAnswersNothingAndEndsInOrder() throws IOException {
        link.become(new Fault.SlowClose(Duration.ofMillis(300)));
        try (Socket client = client()) {
            long began = System.nanoTime();
            assertThat(ask(client, 5)).isZero();
            assertThat(since(began)).isGreaterThan(Duration.ofMillis(250));
        }
    }

    @Test
    void aTrickleIsAsSlowAsSaid() throws IOException {
        link.become(new Fault.Trickle(1_000));
        try (Socket client = client()) {
            long began = System.nanoTime();
            assertThat(ask(client, 500)).isEqualTo(500);
            assertThat(since(began)).isBetween(Duration.ofMillis(450), Duration.ofSeconds(5));
        }
    }

    @Test
    void aCutComesAfterExactlySoManyBytes() throws IOException {
        link.become(new Fault.CutAfter(7));
        try (Socket client = client()) {
            client.getOutputStream().write(new byte[20]);
            int read = 0;
            try {
                while (client.getInputStream().read() >= 0) {
                    read++;
                }
            } catch (SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
            // an RST may overtake what was sent before it, but nothing comes after it
            assertThat(read).isLessThanOrEqualTo(7);
        }
    }

    private Socket client() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static int ask(Socket socket, int bytes) throws IOException {
        socket.getOutputStream().write(new byte[bytes]);
        return socket.getInputStream().readNBytes(bytes).length;
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                LinkedPair.daemon("echo-client", () -> {
                    try (client) {
                        client.getInputStream().transferTo(client.getOutputStream());
                    } catch (IOException e) {
                        assertThat(e).isInstanceOf(SocketException.class);
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }
}
