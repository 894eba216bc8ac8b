package dev.afluente.webhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.embedded.process.Ports;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A door that cannot prove anything must not open. */
class NoSecretIT {

    @Test
    void theServiceRefusesToStartWithoutASecret() throws Exception {
        assertRefused("no-secret", Map.of(), "Refusing to start");
    }

    @Test
    void emptySecretsAreNoSecrets() throws Exception {
        assertRefused(
                "empty-secret",
                Map.of("AFLUENTE_WEBHOOK_SIGNATURE_SECRETS", "", "AFLUENTE_WEBHOOK_HEADER_SECRETS", ""),
                "Refusing to start");
    }

    @Test
    void aTimestampThatIsNotSignedIsRefused() throws Exception {
        assertRefused(
                "unsigned-timestamp",
                Map.of(
                        "AFLUENTE_WEBHOOK_SIGNATURE_SECRETS",
                        "some-secret-never-told",
                        "AFLUENTE_WEBHOOK_SIGNATURE_TIMESTAMP_HEADER",
                        "X-Time"),
                "afluente.webhook.signature: a timestamp must be both");
    }

    private static void assertRefused(String name, Map<String, String> environment, String why) throws Exception {
        try (Door door = new Door(name, "127.0.0.1:" + Ports.free(), environment)) {
            int exit = door.process.onExit().get(60, TimeUnit.SECONDS);
            assertThat(exit).isNotZero();
            assertThat(door.log()).contains(why).doesNotContain("Listening on", "some-secret-never-told");
        }
    }
}
