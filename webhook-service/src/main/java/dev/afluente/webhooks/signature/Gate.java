package dev.afluente.webhooks.signature;

import dev.afluente.webhooks.signature.hmac.SignatureConfig;
import dev.afluente.webhooks.signature.hmac.SignatureLayer;
import dev.afluente.webhooks.signature.source.SourceConfig;
import dev.afluente.webhooks.signature.source.SourceLayer;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All configured layers; a delivery is genuine only when each of them says so. Cannot be made without a secret, so that the
 * service does not start with an open door. Every layer is asked even after one has refused, so that the time an answer takes
 * does not tell which one it was. Immutable, for any thread, never blocks.
 */
@Singleton
public class Gate {

    private final List<Layer> layers;
    private final ClientRule client;

    /** @throws IllegalStateException when neither signature nor header secrets are configured, or a setting cannot hold */
    public Gate(SignatureConfig signature, HeaderSecretConfig header, SourceConfig source, ClientConfig client) {
        if (signature.secrets().isEmpty() && header.secrets().isEmpty()) {
            throw new IllegalStateException("Refusing to start: no webhook could be proven genuine. Set"
                    + " afluente.webhook.signature.secrets, afluente.webhook.header.secrets, or both.");
        }
        List<Layer> configured = new ArrayList<>();
        if (source.allowed().isPresent()) {
            configured.add(new SourceLayer(source));
        }
        header.secrets().ifPresent(secrets -> configured.add(new HeaderSecretLayer(header.name(), secrets)));
        if (signature.secrets().isPresent()) {
            configured.add(new SignatureLayer(signature));
        }
        this.layers = List.copyOf(configured);
        this.client = new ClientRule(client);
    }

    /** Whether the bytes come from who they should come from. The first layer that refuses gives the verdict. */
    public Verdict check(Delivery delivery, Instant now) {
        Verdict verdict = Verdict.GENUINE;
        for (Layer layer : layers) {
            Verdict found = layer.check(delivery, now);
            if (verdict.genuine()) {
                verdict = found;
            }
        }
        return verdict;
    }

    /** Whether the payload is our application's; asked once the bytes are known to be genuine. */
    public Verdict checkClient(String clientId) {
        return client.check(clientId);
    }
}
