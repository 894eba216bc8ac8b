package dev.afluente.local.stack;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.postgres.PostgresDatabases;
import dev.afluente.embedded.process.JvmProgram;
import dev.afluente.embedded.process.Repository;
import dev.afluente.local.stack.PortPlan.Role;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How each program of the stack is run: its jar, its memory and its configuration, all passed as environment variables that the
 * production manifests use too.
 */
final class Programs {
    static final String CONNECTIONS_DATABASE = "afluente_connections";
    static final String SYNC_DATABASE = "afluente_sync";

    static final String SIMULATOR_CLIENT_ID = "sandbox-client-id";
    static final String SIMULATOR_CLIENT_SECRET = "sandbox-client-secret";

    // C1 alone halves the compiler's share of a start on two cores; the serial collector keeps the footprint small
    private static final String[] SMALL_JVM = {
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        "-XX:MaxDirectMemorySize=64m",
        "-Xss512k",
    };

    private final PortPlan ports;
    private final PortPlan reached;
    private final DataDirectory data;

    /** @param reached where the services find what they need */
    Programs(PortPlan ports, PortPlan reached, DataDirectory data) {
        this.ports = ports;
        this.reached = reached;
        this.data = data;
    }

    JvmProgram simulator() {
        return service("simulator", "deploy/sandbox", Role.SIMULATOR, "-Xmx160m")
                .withEnvironment(Map.of(
                        "SANDBOX_DATA_DIR",
                        data.resolve("simulator").toString(),
                        // an hour and two hours at Pluggy; here 18 s and 36 s
                        "SANDBOX_WEBHOOKS_RETRY_SCALE",
                        "0.005",
                        "SANDBOX_WEBHOOKS_SECRET",
                        WebhookSecret.VALUE));
    }

    JvmProgram webhookService() {
        return service("webhook-service", "webhook-service", Role.WEBHOOK, "-Xmx96m")
                .withEnvironment(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        kafka(),
                        // one broker here
                        "AFLUENTE_WEBHOOK_STREAM_MIN_REPLICAS",
                        "1",
                        "AFLUENTE_WEBHOOK_SIGNATURE_SECRETS",
                        WebhookSecret.VALUE));
    }

    JvmProgram connectionService(PostgresDatabases databases, Path publicKey) {
        Map<String, String> environment = stateful(databases, CONNECTIONS_DATABASE, publicKey);
        environment.put("AFLUENTE_PLUGGY_CONNECT_URL", ports.url(Role.SIMULATOR) + "/connect");
        environment.put("AFLUENTE_SUBSCRIPTION_URL", ports.url(Role.GATEWAY) + Stack.WEBHOOK_PATH);
        environment.put("AFLUENTE_SUBSCRIPTION_INTERVAL", "PT2S");
        environment.put("AFLUENTE_SECRETS_KEYS", "file");
        environment.put(
                "AFLUENTE_SECRETS_FILE_PATH",
                SecretKeyFile.in(data.resolve("secrets")).toString());
        return service("connection-service", "connection-service", Role.CONNECTION, "-Xmx128m")
                .withEnvironment(environment);
    }

    JvmProgram syncService(PostgresDatabases databases, Path publicKey) {
        Map<String, String> environment = stateful(databases, SYNC_DATABASE, publicKey);
        environment.put("AFLUENTE_CONNECTIONS_URL", ports.url(Role.CONNECTION));
        environment.put(
                "AFLUENTE_IDENTITY_KEY_FILE",
                SecretKeyFile.in(data.resolve("account-identity")).toString());
        return service("sync-service", "sync-service", Role.SYNC, "-Xmx192m").withEnvironment(environment);
    }

    private Map<String, String> stateful(PostgresDatabases databases, String database, Path publicKey) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka());
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", databases.jdbcUrl(database));
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", databases.reactiveUrl(database));
        environment.put("QUARKUS_DATASOURCE_USERNAME", databases.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", databases.password());
        environment.put("AFLUENTE_PLUGGY_URL", reached.url(Role.SIMULATOR));
        environment.put("AFLUENTE_PLUGGY_CLIENT_ID", SIMULATOR_CLIENT_ID);
        environment.put("AFLUENTE_PLUGGY_CLIENT_SECRET", SIMULATOR_CLIENT_SECRET);
        // the path as it stands: in a file: URL, the verifier takes an escaped space literally
        environment.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", publicKey.toString());
        environment.put("MP_JWT_VERIFY_ISSUER", TokenClaims.ISSUER);
        environment.put("MP_JWT_VERIFY_AUDIENCES", TokenClaims.AUDIENCE);
        return environment;
    }

    private JvmProgram service(String name, String module, Role role, String heap) {
        return JvmProgram.jar(name, Repository.quarkusJar(module), data.log(name))
                .withOptions(SMALL_JVM)
                .withOptions(heap)
                .withEnvironment(Map.of(
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", Integer.toString(ports.of(role)),
                        // glibc gives every thread an arena of its own otherwise
                        "MALLOC_ARENA_MAX", "2"));
    }

    private String kafka() {
        return "127.0.0.1:" + reached.of(Role.KAFKA);
    }
}
