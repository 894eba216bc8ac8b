package dev.afluente.sync.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a file reaches its client over a real socket. */
class DownloadTest {
    private static final int PART = 1 << 20;

    /** More than the buffers of two sockets hold. */
    private static final int MANY = 200;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aFileThatFailsInTheMiddleIsCutAndNotEnded() throws Exception {
        int port = serve(Multi.createBy()
                .concatenating()
                .streams(parts(3), Multi.createFrom().failure(new IllegalStateException("storage away"))));

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request(port), BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class);
        await().untilTrue(ended);
    }

    @Test
    void aWholeFileArrivesWhole() throws Exception {
        int port = serve(parts(5));

        assertThat(HttpClient.newHttpClient()
                        .send(request(port), BodyHandlers.ofByteArray())
                        .body())
                .hasSize(5 * PART);
    }

    @Test
    void noMoreIsMadeThanTheClientTakesAndNothingOnceItHasGone() throws Exception {
        int port = serve(parts(MANY));
        try (Socket client = new Socket("localhost", port)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            await().untilAsserted(() -> assertThat(made).hasPositiveValue());
            await().during(Duration.ofSeconds(1)).until(() -> made.get() < MANY / 2);
        }

        await().untilTrue(ended);
        assertThat(cancelled).isTrue();
        assertThat(made.get()).isLessThan(MANY / 2);
    }

    private Multi<byte[]> parts(int count) {
        return Multi.createFrom()
                .range(0, count)
                .map(number -> {
                    made.incrementAndGet();
                    return new byte[PART];
                })
                .onCancellation()
                .invoke(() -> cancelled.set(true));
    }

    private int serve(Multi<byte[]> file) throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> Download.send(request.response(), file)
                .subscribe()
                .with(done -> ended.set(true), failure -> ended.set(true)));
        return server.listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private static HttpRequest request(int port) {
        // The JDK's client would ask for an upgrade to HTTP/2, and stumbles when the answer comes with it.
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }
}
