package dev.afluente.connections.provider.pluggy;

import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.connections.provider.UserNeed;
import dev.afluente.connections.provider.UserNeed.Kind;
import dev.afluente.connections.provider.UserNeed.Option;
import dev.afluente.connections.provider.UserNeed.Question;
import dev.afluente.connections.provider.pluggy.refusal.PluggyTexts;
import dev.afluente.model.pluggy.wire.PluggyConnector.Credential;
import dev.afluente.model.pluggy.wire.PluggyItem;
import dev.afluente.model.pluggy.wire.PluggyItem.UserAction;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What an item asks of its owner. Error codes are Pluggy's (pluggy-sdk 0.90.0, {@code ExecutionErrorCode}). */
final class PluggyNeeds {
    private static final Set<String> CONSENT = Set.of(
            "USER_AUTHORIZATION_NOT_GRANTED",
            "USER_AUTHORIZATION_PENDING",
            "USER_AUTHORIZATION_REVOKED",
            "BALANCE_CONSENT_ERROR");
    private static final Set<String> ACTION = Set.of("ACCOUNT_NEEDS_ACTION", "ALREADY_LOGGED_IN", "ACCOUNT_LOCKED");
    private static final int MAX_IMAGE = 256 * 1024;
    private static final int MAX_TEXT = 500;
    private static final int MAX_OPTIONS = 100;

    private PluggyNeeds() {}

    static UserNeed of(PluggyItem item, Status status) {
        return switch (status) {
            case WAITING_USER_INPUT -> challenge(item.parameter());
            case WAITING_USER_ACTION -> action(item.userAction());
            case LOGIN_ERROR, OUTDATED, ERROR -> failure(item.error(), status);
            default -> null;
        };
    }

    private static UserNeed challenge(Credential asked) {
        return asked == null
                ? new UserNeed(Kind.MFA, null, null, null, null, null)
                : new UserNeed(Kind.MFA, null, text(asked.instructions()), question(asked), null, asked.expiresAt());
    }

    private static Question question(Credential asked) {
        String image = asked.data();
        return new Question(
                text(asked.name()),
                text(asked.label()),
                text(asked.type()),
                text(asked.validation()),
                image == null || image.length() > MAX_IMAGE ? null : image,
                asked.options() == null
                        ? List.of()
                        : asked.options().stream()
                                .filter(Objects::nonNull)
                                .limit(MAX_OPTIONS)
                                .map(option -> new Option(text(option.value()), text(option.label())))
                                .toList());
    }

    private static UserNeed action(UserAction action) {
        if (action == null) {
            return new UserNeed(Kind.ACTION, null, null, null, null, null);
        }
        // Which attribute holds the address is not documented: the first that is one.
        String url = action.attributes() == null
                ? null
                : action.attributes().values().stream()
                        .map(value -> PluggyTexts.link(Objects.toString(value, null)))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        return new UserNeed(
                Kind.ACTION, text(action.type()), text(action.instructions()), null, url, action.expiresAt());
    }

    private static UserNeed failure(PluggyItem.Failure error, Status status) {
        String code = error == null ? null : text(error.code());
        String instructions = error == null ? null : text(error.providerMessage());
        if (code != null && CONSENT.contains(code)) {
            return new UserNeed(Kind.CONSENT, code, instructions, null, null, null);
        }
        if (code != null && ACTION.contains(code)) {
            return new UserNeed(Kind.ACTION, code, instructions, null, null, null);
        }
        // The bank's question ran out unanswered: the next attempt asks it anew.
        if ("USER_INPUT_TIMEOUT".equals(code)) {
            return new UserNeed(Kind.MFA, code, instructions, null, null, null);
        }
        boolean refused = status == Status.LOGIN_ERROR || "ACCOUNT_CREDENTIALS_RESET".equals(code);
        return refused ? new UserNeed(Kind.LOGIN, code, instructions, null, null, null) : null;
    }

    private static String text(String text) {
        return PluggyTexts.clean(text, MAX_TEXT);
    }
}
