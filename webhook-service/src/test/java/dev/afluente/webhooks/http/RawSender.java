package dev.afluente.webhooks.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Sends a request byte by byte as told, reading the answer meanwhile: what a well-behaved client library would not do. */
final class RawSender {

    private RawSender() {}

    /** @return all that came back until the connection was closed or 10 s had passed */
    static String send(HttpRequest request, byte[] body, boolean chunked, int sendOnly) throws IOException {
        URI door = request.uri();
        StringBuilder head = new StringBuilder("POST " + door.getPath() + " HTTP/1.1\r\nHost: localhost\r\n");
        request.headers().map().forEach((name, values) -> head.append(name + ": " + values.get(0) + "\r\n"));
        head.append(chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + body.length + "\r\n\r\n");
        try (Socket socket = new Socket(door.getHost(), door.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(ISO_8859_1));
            var writing = CompletableFuture.runAsync(() -> write(out, body, chunked, sendOnly));
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[4096];
            try {
                for (int read; (read = socket.getInputStream().read(buffer)) >= 0; ) {
                    answer.append(new String(buffer, 0, read, ISO_8859_1));
                    if (answer.toString().startsWith("HTTP/1.1 202")) {
                        break;
                    }
                }
            } catch (IOException e) {
                answer.append("[" + e.getClass().getSimpleName() + "]");
            }
            writing.cancel(true);
            return answer.toString();
        }
    }

    private static void write(OutputStream out, byte[] body, boolean chunked, int sendOnly) {
        try {
            for (int at = 0; at < sendOnly; at += 8192) {
                int length = Math.min(8192, sendOnly - at);
                if (chunked) {
                    out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
                }
                out.write(body, at, length);
                if (chunked) {
                    out.write("\r\n".getBytes(ISO_8859_1));
                }
            }
            if (chunked && sendOnly == body.length) {
                out.write("0\r\n\r\n".getBytes(ISO_8859_1));
            }
            out.flush();
        } catch (IOException e) {
            // The door may have closed already; what it answered is what counts.
        }
    }
}
