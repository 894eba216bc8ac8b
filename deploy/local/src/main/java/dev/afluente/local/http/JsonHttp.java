package dev.afluente.local.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** JSON over HTTP as a client of the public API sees it. Numbers are exact decimals. Blocking, thread-safe, 30 s per answer. */
public final class JsonHttp {
    /** Reads numbers with a fraction as BigDecimal. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;
    private final Map<String, String> headers;

    /**
     * @param base address without a slash at the end
     * @param headers sent with every request
     */
    public JsonHttp(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /** @throws HttpFailure when the status is not 2xx */
    public JsonNode get(String path) {
        return tree(exchange(request(path).GET().build()));
    }

    /** @throws HttpFailure when the status is not 2xx */
    public JsonNode post(String path, Object body) {
        return send("POST", path, body);
    }

    /** @throws HttpFailure when the status is not 2xx */
    public JsonNode send(String method, String path, Object body) {
        HttpRequest.BodyPublisher publisher =
                HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString());
        return tree(exchange(request(path)
                .header("content-type", "application/json")
                .method(method, publisher)
                .build()));
    }

    /** The body as a stream, for answers too large to hold; the caller closes it. */
    public InputStream stream(String path) {
        return exchange(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
        headers.forEach(builder::header);
        return builder;
    }

    private InputStream exchange(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            try (InputStream body = response.body()) {
                throw new HttpFailure(
                        request.method() + " " + request.uri().getPath(),
                        response.statusCode(),
                        new String(body.readNBytes(2_000), java.nio.charset.StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new HttpFailure(request.method() + " " + request.uri().getPath(), 0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpFailure(request.method() + " " + request.uri().getPath(), 0, "interrupted");
        }
    }

    private static JsonNode tree(InputStream body) {
        try (body) {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new HttpFailure("the answer is not JSON", 0, e.getMessage());
        }
    }
}
