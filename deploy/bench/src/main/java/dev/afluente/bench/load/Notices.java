package dev.afluente.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.local.stack.WebhookSecret;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Genuine notifications as HTTP requests, rendered and signed beforehand: a client that signs would be measured too. */
public final class Notices {
    private static final int DIFFERENT = 2_000;

    /** Key, CloudEvents attributes and trace of the door's records, beside the body. */
    private static final int BESIDE_BODY = 330;

    private final List<Buffer> rendered = new ArrayList<>();
    private final int bodySize;

    public Notices() {
        for (int i = 0; i < DIFFERENT; i++) {
            rendered.add(request(body()));
        }
        bodySize = body().getBytes(UTF_8).length;
    }

    public List<Buffer> rendered() {
        return List.copyOf(rendered);
    }

    /** Bytes of one record in Kafka, about. */
    public int recordSize() {
        return bodySize + BESIDE_BODY;
    }

    private static String body() {
        return """
                {"event":"transactions/created","eventId":"%s","itemId":"%s","accountId":"%s","triggeredBy":"SYNC",\
                "transactionsCount":12,"createdTransactionsLink":\
                "https://api.pluggy.ai/v2/transactions?accountId=any&createdAtFrom=2026-03-10T09:15:03.000Z"}""".formatted(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    }

    private static Buffer request(String body) {
        return Buffer.buffer("""
                POST /api/banking/webhooks/pluggy HTTP/1.1\r
                host: 127.0.0.1\r
                content-type: application/json\r
                x-pluggy-signature: %s\r
                content-length: %d\r
                \r
                %s""".formatted(WebhookSecret.signature(body), body.getBytes(UTF_8).length, body));
    }
}
