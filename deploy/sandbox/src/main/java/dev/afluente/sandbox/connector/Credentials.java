package dev.afluente.sandbox.connector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.afluente.sandbox.brazil.Documents;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What each way in asks for, and whether what was sent will do. */
public final class Credentials {

    public static final String TOKEN = "token";

    private static final Credential USER =
            Credential.of("user", "Usuário", "text", ".{3,}", "O usuário deve ter pelo menos 3 caracteres.");
    private static final Credential PASSWORD =
            Credential.of("password", "Senha", "password", ".{6,}", "A senha deve ter pelo menos 6 caracteres.");
    private static final Credential ONE_STEP_TOKEN = Credential.of(
                    TOKEN, "Token", "number", "^\\d{6}$", "O token tem 6 dígitos.")
            .asMfa();
    private static final Credential CPF =
            Credential.of("cpf", "CPF", "number", "^\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}$", "CPF deve ter 11 números.");
    private static final Credential CNPJ = Credential.of(
            "cnpj", "CNPJ", "number", "^\\d{2}\\.?\\d{3}\\.?\\d{3}/?\\d{4}-?\\d{2}$", "CNPJ deve ter 14 números.");
    private static final Credential OUTCOME = Credential.of(
                    "user", "Usuário de teste", "text", ".{3,}", "O usuário deve ter pelo menos 3 caracteres.")
            .asOptional();

    private Credentials() {}

    public static List<Credential> of(Connector connector) {
        return switch (connector.flow()) {
            case OAUTH -> List.of(connector.isBusiness() ? CNPJ : CPF, OUTCOME);
            case MFA_ONE_STEP -> List.of(USER, PASSWORD, ONE_STEP_TOKEN);
            default -> List.of(USER, PASSWORD);
        };
    }

    /** A breach of the rules for one parameter; 001 is a missing one, 002 one of the wrong form. */
    public record Breach(String code, String message, String parameter) {}

    public static List<Breach> breaches(Connector connector, Map<String, String> parameters) {
        var breaches = new ArrayList<Breach>();
        for (Credential credential : of(connector)) {
            String value = parameters.get(credential.name());
            if (value == null || value.isEmpty()) {
                if (!credential.optional()) {
                    breaches.add(new Breach("001", credential.name() + " parameter is required", credential.name()));
                }
            } else if (!credential.accepts(value) || !isDocument(credential.name(), value)) {
                breaches.add(new Breach("002", credential.validation().message(), credential.name()));
            }
        }
        return breaches;
    }

    private static boolean isDocument(String name, String value) {
        return switch (name) {
            case "cpf" -> Documents.isCpf(value);
            case "cnpj" -> Documents.isCnpj(value);
            default -> true;
        };
    }

    public static ArrayNode toJson(List<Breach> breaches) {
        ArrayNode json = Json.array();
        breaches.forEach(breach -> json.addObject()
                .put("code", breach.code())
                .put("message", breach.message())
                .put("parameter", breach.parameter()));
        return json;
    }

    /** @throws PluggyError 400 CONNECTOR_VALIDATION_ERROR, with the breaches under both names that Pluggy uses */
    public static void require(Connector connector, Map<String, String> parameters) {
        List<Breach> breaches = breaches(connector, parameters);
        if (!breaches.isEmpty()) {
            throw PluggyError.of(
                            400, "CONNECTOR_VALIDATION_ERROR", "Connector parameters do not match validation rules")
                    .with("details", toJson(breaches))
                    .with("errors", toJson(breaches));
        }
    }
}
