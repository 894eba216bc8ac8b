package dev.afluente.connections.secret.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import dev.afluente.connections.secret.KeyFileResource;
import dev.afluente.connections.secret.KeyFiles;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealed;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.secret.UnopenableException;
import dev.afluente.connections.secret.UnopenableException.Reason;
import dev.afluente.connections.secret.rotation.Rewrapping;
import dev.afluente.connections.support.ScriptedPluggyTest;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The whole service with its keys in a file and no setting of Vault's. */
@QuarkusTest
class FileServiceTest extends ScriptedPluggyTest {
    private final Scope scope = new Scope("default", UUID.randomUUID(), "token");

    @Inject
    Sealer sealer;

    @Inject
    Rewrapping rewrapping;

    @Inject
    Vertx vertx;

    @Inject
    SecretProblems problems;

    @Test
    void aNewKeyIsTakenOverWithoutARestart() throws IOException {
        String text = sealer.sealText(scope, "kept").await().indefinitely();
        String[] lines = Files.readAllLines(KeyFileResource.FILE).toArray(String[]::new);
        KeyFiles.write(KeyFileResource.FILE, KeyFiles.line("newer"), lines[0]);
        await().atMost(Duration.ofSeconds(10)).until(() -> !sealer.current(Sealed.parse(text)));
        assertThat(sealer.openText(scope, text).await().indefinitely()).isEqualTo("kept");
        assertThat(rewrapping).isNotNull();
        RestAssured.get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("Secrets"));
    }

    @Test
    void answersComeOnTheCallersContext() {
        CompletableFuture<Boolean> same = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(start -> sealer.sealText(scope, "x")
                .chain(text -> sealer.openText(scope, text))
                .map(opened ->
                        Vertx.currentContext() != null && Vertx.currentContext().isEventLoopContext())
                .subscribe()
                .with(same::complete, same::completeExceptionally));
        assertThat(same.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void clientsAreToldToComeAgainAndNothingElse() {
        Response away = problems.away(new SecretsAwayException("denied"));
        assertThat(away.getStatus()).isEqualTo(503);
        assertThat(away.getHeaderString("Retry-After")).isEqualTo("5");
        assertThat(((HttpProblem) away.getEntity()).getParameters()).containsEntry("code", "secrets_unavailable");
        Response broken = problems.unopenable(new UnopenableException(Reason.NOT_AUTHENTIC));
        assertThat(broken.getStatus()).isEqualTo(500);
        assertThat(((HttpProblem) broken.getEntity()).getParameters()).containsEntry("code", "internal_error");
    }
}
