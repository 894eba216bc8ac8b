package dev.afluente.webhooks.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.embedded.testing.KafkaResource;
import dev.afluente.model.openapi.contract.ApiContract;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.webhooks.signature.hmac.Signer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The document says what the door does. */
@QuarkusTest
@QuarkusTestResource(
        value = KafkaResource.class,
        initArgs = @ResourceArg(name = "topics", value = "pluggy.webhooks,pluggy.webhooks.dead-letters"))
class DocumentTest {
    private static final String PATH = "/api/banking/webhooks/pluggy";

    @Test
    void everyAnswerIsTheDocuments() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
        ApiContract contract = ApiContract.served();
        String event = Notification.event(UUID.randomUUID().toString(), "item-1");

        assertThat(post(contract, event, event).statusCode()).isEqualTo(202);
        assertThat(post(contract, event, event + " ").statusCode()).isEqualTo(401);
        assertThat(post(contract, "{}", "{}").statusCode()).isEqualTo(400);
        String large = "x".repeat(256 * 1024 + 1);
        assertThat(post(contract, large, large).statusCode()).isEqualTo(413);

        assertThat(contract.seen())
                .containsExactlyInAnyOrder(
                        "receivePluggyNotification 202",
                        "receivePluggyNotification 400",
                        "receivePluggyNotification 401",
                        "receivePluggyNotification 413");
    }

    @Test
    void everyProblemItNamesIsOneWithItsStatusAndTitle() {
        assertThat(ApiContract.served().operations()).hasSize(1);
        ApiContract.served().operations().get(0).node().path("responses").properties().stream()
                .filter(answer -> !answer.getKey().equals("202"))
                .forEach(answer -> {
                    JsonNode examples = answer.getValue()
                            .path("content")
                            .path("application/problem+json")
                            .path("examples");
                    assertThat(examples.isEmpty()).isFalse();
                    examples.properties().forEach(example -> {
                        ProblemCode code = ProblemCode.valueOf(example.getKey().toUpperCase(Locale.ROOT));
                        assertThat(answer.getKey()).isEqualTo(Integer.toString(code.status()));
                        assertThat(example.getValue().path("summary").asText()).isEqualTo(code.title());
                    });
                });
    }

    private static Response post(ApiContract contract, String body, String signed) {
        return given().filter(contract)
                .header("X-Pluggy-Signature", "sha256=" + Signer.hex(Notification.SECRET, signed.getBytes(UTF_8)))
                .header("Authorization", Notification.HEADER_SECRET)
                .contentType("application/json")
                .body(body.getBytes(UTF_8))
                .post(PATH);
    }
}
