package dev.afluente.webhooks.process;

import dev.afluente.embedded.process.JvmProcess;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Ports;
import dev.afluente.embedded.process.Repository;
import dev.afluente.webhooks.http.Notification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service in a JVM of its own, with a small heap, as it would run in production. */
final class Door implements AutoCloseable {

    static final Map<String, String> SECRETS = Map.of(
            "AFLUENTE_WEBHOOK_SIGNATURE_SECRETS", Notification.SECRET,
            "AFLUENTE_WEBHOOK_HEADER_SECRETS", Notification.HEADER_SECRET,
            "AFLUENTE_WEBHOOK_HEADER_NAME", "Authorization");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI base;
    private final Path log;
    final JvmProcess process;

    Door(String name, String bootstrapServers, Map<String, String> environment) throws IOException {
        int port = Ports.free();
        base = URI.create("http://127.0.0.1:" + port);
        log = Path.of("target/process/" + name + ".log").toAbsolutePath();
        Files.createDirectories(log.getParent());
        Files.deleteIfExists(log);
        Map<String, String> all = new HashMap<>(environment);
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        all.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        all.putIfAbsent("AFLUENTE_WEBHOOK_STREAM_MIN_REPLICAS", "1");
        process = new JvmProcess(JvmProgram.jar(name, Repository.quarkusJar("webhook-service"), log)
                .withOptions("-Xmx192m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError")
                .withEnvironment(all));
        process.start();
    }

    CompletableFuture<HttpResponse<String>> post(String body) {
        URI door = base.resolve("/api/banking/webhooks/pluggy");
        return client.sendAsync(Notification.signed(door, body).build(), BodyHandlers.ofString());
    }

    /** 0 while nobody listens. */
    int health(String kind) {
        try {
            return get("/q/health/" + kind).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    boolean ready() {
        return health("ready") == 200;
    }

    /** A sample of the metrics, or 0 when there is none. */
    double metric(String sample) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(sample) + " (\\S+)$")
                .matcher(get("/q/metrics").body());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    String log() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    long residentMebibytes() throws IOException {
        String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"), StandardCharsets.UTF_8);
        Matcher line = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
        return line.find() ? Long.parseLong(line.group(1)) / 1024 : 0;
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.stop();
    }
}
