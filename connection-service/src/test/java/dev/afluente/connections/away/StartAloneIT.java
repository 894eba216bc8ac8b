package dev.afluente.connections.away;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.connections.secret.KeyFiles;
import dev.afluente.connections.support.Api;
import dev.afluente.embedded.identity.DevKeys;
import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.identity.Tokens;
import dev.afluente.embedded.kafka.KafkaServer;
import dev.afluente.embedded.postgres.PostgresDatabases;
import dev.afluente.embedded.postgres.PostgresServer;
import dev.afluente.embedded.process.JvmProcess;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Ports;
import dev.afluente.embedded.process.Repository;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged service, started before anything it needs: it lives, is not ready, and needs no second start. */
class StartAloneIT {
    private static final Path HOME = Path.of("target/embedded/alone").toAbsolutePath();
    private static final String DATABASE = "afluente_connections_alone";

    private final int port = Ports.free();
    private final Tokens tokens = new Tokens(keys());

    @Test
    @Timeout(300)
    void comesUpWithWhatItNeedsInAnyOrder() {
        try (PostgresServer postgres = new PostgresServer(HOME.resolve("postgres"), 0);
                KafkaServer kafka = new KafkaServer(HOME.resolve("kafka"), 0);
                JvmProcess service = service(postgres, kafka)) {
            service.start();
            await().atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .until(() -> get("/q/health/live").statusCode() == 200);

            assertThat(get("/q/health/ready").statusCode()).isEqualTo(503);
            Response refused = get(Api.CONNECTIONS);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.<String>path("code")).isEqualTo("storage_unavailable");
            assertThat(refused.getHeader("Retry-After")).isEqualTo("5");
            assertThat(get("/api/banking/connectors").<String>path("code")).isEqualTo("provider_unavailable");

            postgres.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> get(Api.CONNECTIONS).statusCode() == 200);
            assertThat(get("/q/health/ready").statusCode()).isEqualTo(503);
            assertThat(get("/q/health/live").statusCode()).isEqualTo(200);

            kafka.start().createTopics(Set.of("pluggy.webhooks", "banking.sync-results", "banking.connections"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> get("/q/health/ready").statusCode() == 200);
            assertThat(service.alive()).isTrue();
        }
    }

    @Test
    @Timeout(120)
    void doesNotStartWhenItWouldTakeAnybodysTokens() {
        Map<String, String> environment = new HashMap<>(environment("jdbc:postgresql://127.0.0.1:1/x", "127.0.0.1:1"));
        environment.put("MP_JWT_VERIFY_ISSUER", "");
        try (JvmProcess service = new JvmProcess(program(environment))) {
            service.start();
            assertThat(service.onExit().join()).isNotZero();
        }
    }

    private Response get(String path) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + tokens.forUser("ana"))
                .get("http://127.0.0.1:" + port + path);
    }

    private JvmProcess service(PostgresServer postgres, KafkaServer kafka) {
        // The server picks its port and the password of its user at its first start.
        PostgresDatabases databases = postgres.start().databases().recreate(DATABASE);
        Map<String, String> environment =
                new HashMap<>(environment(databases.jdbcUrl(DATABASE), "127.0.0.1:" + kafka.port()));
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", databases.reactiveUrl(DATABASE));
        environment.put("QUARKUS_DATASOURCE_USERNAME", databases.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", databases.password());
        postgres.stop();
        return new JvmProcess(program(environment));
    }

    private Map<String, String> environment(String database, String kafka) {
        return Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(port)),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", kafka),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", database),
                Map.entry("QUARKUS_DATASOURCE_REACTIVE_URL", database.replace("jdbc:", "")),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", "x"),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", "x"),
                Map.entry("AFLUENTE_PLUGGY_URL", "http://127.0.0.1:" + Ports.free()),
                Map.entry("AFLUENTE_PLUGGY_CLIENT_ID", "id"),
                Map.entry("AFLUENTE_PLUGGY_CLIENT_SECRET", "secret"),
                Map.entry("AFLUENTE_SECRETS_KEYS", "file"),
                Map.entry(
                        "AFLUENTE_SECRETS_FILE_PATH",
                        KeyFiles.write(HOME.resolve("secrets/keys"), KeyFiles.line("alone"))
                                .toString()),
                Map.entry(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        keys().publicKeyFile().toString()),
                Map.entry("MP_JWT_VERIFY_ISSUER", TokenClaims.ISSUER),
                Map.entry("MP_JWT_VERIFY_AUDIENCES", TokenClaims.AUDIENCE));
    }

    private static JvmProgram program(Map<String, String> environment) {
        return JvmProgram.jar("connection-service", Repository.quarkusJar("connection-service"), HOME.resolve("log"))
                .withOptions("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .withEnvironment(environment);
    }

    private static DevKeys keys() {
        try {
            return DevKeys.in(HOME.resolve("identity"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
