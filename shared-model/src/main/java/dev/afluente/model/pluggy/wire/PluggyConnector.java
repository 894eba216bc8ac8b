package dev.afluente.model.pluggy.wire;

import java.time.Instant;
import java.util.List;

/** A bank one can connect, as Pluggy answers it (OpenAPI schema {@code Connector}). Every field but the id may be absent. */
public record PluggyConnector(
        Integer id,
        String name,
        String institutionUrl,
        String imageUrl,
        String primaryColor,
        String type,
        String country,
        List<Credential> credentials,
        Boolean hasMFA,
        Boolean oauth,
        List<String> products,
        Health health,
        Boolean isOpenFinance,
        Boolean isSandbox) {

    /** {@code status} is ONLINE, UNSTABLE or OFFLINE; {@code stage} is BETA or null. */
    public record Health(String status, String stage) {}

    /** A value to ask the person for: at first a login, later an answer to a challenge. */
    public record Credential(
            String name,
            String label,
            String type,
            Boolean mfa,
            String data,
            List<Option> options,
            String validation,
            String validationMessage,
            String placeholder,
            String assistiveText,
            String instructions,
            Boolean optional,
            Instant expiresAt) {}

    /** One choice of a {@code select}. */
    public record Option(String value, String label) {}
}
