package dev.afluente.sandbox.webhook;

import dev.afluente.sandbox.SandboxConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.IntConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts one notification, signed: header {@code X-Pluggy-Signature} is the HMAC-SHA256 of the exact body in hex. Pluggy's
 * own scheme is not public; this one is what the product's default verifies. Follows no redirect, keeps connections alive.
 */
@Singleton
public class Postman {

    static final String SIGNATURE_HEADER = "X-Pluggy-Signature";

    private final HttpClient client;
    private final SecretKeySpec key;
    private final long timeoutMillis;

    public Postman(Vertx vertx, SandboxConfig config) {
        SandboxConfig.Webhooks webhooks = config.webhooks();
        this.timeoutMillis = webhooks.timeout().toMillis();
        this.key = new SecretKeySpec(webhooks.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(webhooks.concurrency())
                .setConnectTimeout((int) timeoutMillis)
                .setKeepAlive(true));
    }

    /** Calls back once, with the status of the answer or with 0 when there was none in time. */
    void deliver(Delivery delivery, Map<String, String> headers, IntConsumer callback) {
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        RequestOptions options;
        try {
            options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setAbsoluteURI(delivery.url())
                    .setTimeout(timeoutMillis);
        } catch (RuntimeException e) {
            callback.accept(0);
            return;
        }
        headers.forEach(options::putHeader);
        options.putHeader("content-type", "application/json");
        options.putHeader(SIGNATURE_HEADER, signature(body));
        client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> response.body().map(response.statusCode()))
                .onComplete(answer -> callback.accept(answer.succeeded() ? answer.result() : 0));
    }

    String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
