package dev.afluente.connections.provider.pluggy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggy;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ApiKeyTest extends ScriptedPluggyTest {
    private final String user = Api.someone();
    private final Api api = Api.of(user);

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void anExpiredKeyIsRenewedOnceAndTheCallRepeatedOnce(int status) {
        api.createFromItem(item()).then().statusCode(201);
        ScriptedPluggy.expireKey(status);
        int before = ScriptedPluggy.calls("POST /auth");
        String item = item();

        api.createFromItem(item).then().statusCode(201);

        assertThat(ScriptedPluggy.calls("POST /auth")).isEqualTo(before + 1);
    }

    @Test
    void aHundredCallsAtOnceNeedOneKey() {
        ScriptedPluggy.expireKey(401);
        int before = ScriptedPluggy.calls("POST /auth");
        ExecutorService callers = Executors.newFixedThreadPool(100);
        try {
            List<CompletableFuture<Integer>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> api.createFromItem(item()).statusCode(), callers))
                    .limit(100)
                    .toList();
            assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(201);
        } finally {
            callers.shutdown();
        }
        assertThat(ScriptedPluggy.calls("POST /auth")).isEqualTo(before + 1);
    }

    @Test
    void aRenewalThatFailsIsForgotten() {
        ScriptedPluggy.expireKey(401);
        ScriptedPluggy.answer("POST /auth", ScriptedPluggy.Answer.of(503, null));
        api.createFromItem(item()).then().statusCode(503).body("code", equalTo("provider_unavailable"));

        // A renewal that a state check has under way is shared, so the next answer may still be the last one's.
        ScriptedPluggy.answer("POST /auth", ScriptedPluggy.Answer.of(401, "CLIENT_KEYS_UNAUTHORIZED"));
        awaitStatus(502);
        ScriptedPluggy.usual("POST /auth");
        awaitStatus(201);
    }

    private void awaitStatus(int status) {
        String item = item();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> api.createFromItem(item).statusCode() == status);
    }

    private String item() {
        String item = UUID.randomUUID().toString();
        ScriptedPluggy.item(item, user, "UPDATED", Instant.parse("2026-03-10T09:15:03Z"));
        return item;
    }
}
