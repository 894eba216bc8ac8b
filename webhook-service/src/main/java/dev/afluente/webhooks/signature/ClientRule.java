package dev.afluente.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Passes payloads of one client id; see {@link ClientConfig}. Immutable, for any thread. */
public final class ClientRule {

    private final byte[] expected;
    private final Verdict whenAbsent;

    /**
     * @param config with a client id or, to let everything pass, none
     * @throws IllegalArgumentException when the configured id is blank
     */
    public ClientRule(ClientConfig config) {
        if (config.id().filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("afluente.webhook.client.id must not be blank");
        }
        expected = config.id().map(id -> id.getBytes(StandardCharsets.UTF_8)).orElse(null);
        whenAbsent = config.absent() == ClientConfig.Absent.PASS ? Verdict.GENUINE : Verdict.CLIENT_ID_ABSENT;
    }

    /** @param clientId what the payload says, or null when it says nothing readable */
    public Verdict check(String clientId) {
        if (expected == null) {
            return Verdict.GENUINE;
        }
        if (clientId == null) {
            return whenAbsent;
        }
        boolean same = MessageDigest.isEqual(clientId.getBytes(StandardCharsets.UTF_8), expected);
        return same ? Verdict.GENUINE : Verdict.CLIENT_ID_MISMATCH;
    }
}
