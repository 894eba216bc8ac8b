package dev.afluente.sandbox.execution;

import dev.afluente.sandbox.connector.Connector;
import dev.afluente.sandbox.connector.Credential;
import dev.afluente.sandbox.connector.Credentials;
import dev.afluente.sandbox.item.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The questions a bank asks after the login. The right answer is always 123456, whatever the kind of question. */
final class Challenges {

    static final String RIGHT = "123456";

    private static final String PICTURE = picture();

    private Challenges() {}

    static Credential question(Connector.Flow flow, Instant expiresAt) {
        return switch (flow) {
            case MFA_NUMBER ->
                credential(
                        "Código SMS",
                        "number",
                        "^\\d{6}$",
                        extras(null, null, "Enviado ao celular final 7788", expiresAt));
            case MFA_TEXT ->
                credential("Palavra de segurança", "text", ".+", extras(null, null, "Digite a sua palavra", expiresAt));
            case MFA_SELECT ->
                credential(
                        "Para onde enviamos o código?",
                        "select",
                        ".+",
                        extras(
                                null,
                                List.of(
                                        new Credential.Option(RIGHT, "Celular final 7788"),
                                        new Credential.Option("654321", "Celular antigo final 1122")),
                                "Escolha um dos seus dispositivos",
                                expiresAt));
            case MFA_IMAGE ->
                credential(
                        "Digite os números da imagem",
                        "image",
                        ".+",
                        extras(PICTURE, null, "Digite os números que aparecem na imagem", expiresAt));
            default -> throw new IllegalArgumentException(flow + " asks nothing");
        };
    }

    /** What to do at the bank: scan its QR code or authorise on its page, for both of which the page stands in. */
    static Item.UserAction action(Connector.Flow flow, String itemId, Instant expiresAt) {
        String path = "/connect/authorize?item_id=" + itemId;
        return flow == Connector.Flow.QR
                ? new Item.UserAction("Leia o QR code com o aplicativo do banco", "qr", path, expiresAt)
                : new Item.UserAction(
                        "Autorize o compartilhamento na página do banco", "authorize-access", path, expiresAt);
    }

    static boolean isRight(Map<String, String> answer) {
        return RIGHT.equals(answer.get(Credentials.TOKEN));
    }

    /** Tokens of an authenticator start with 1234, so that a person can give a new one at every update. */
    static boolean isToken(Map<String, String> parameters) {
        return parameters.getOrDefault(Credentials.TOKEN, "").startsWith("1234");
    }

    private static Credential credential(String label, String type, String regex, Credential.Extras extras) {
        var validation = new Credential.Validation(regex, "Valor inválido.");
        return new Credential(Credentials.TOKEN, label, type, true, false, validation, extras);
    }

    private static Credential.Extras extras(
            String data, List<Credential.Option> options, String instructions, Instant expiresAt) {
        return new Credential.Extras(data, options, instructions, expiresAt);
    }

    private static String picture() {
        try (InputStream png = Challenges.class.getResourceAsStream("/challenge.png")) {
            return Base64.getEncoder().encodeToString(png.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
