package dev.afluente.connections.provider.pluggy.refusal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.UserNeed;
import dev.afluente.connections.provider.UserNeed.Question;
import dev.afluente.model.pluggy.failure.PluggyException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/** Why Pluggy does not update an item (OpenAPI 3.1 of 2026-07-18, examples of {@code PATCH /items/{id}}). */
final class PluggyRefusals {
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");

    /** The shortest interval Pluggy documents; used when it does not say. */
    private static final Duration DEFAULT_INTERVAL = Duration.ofHours(1);

    private static final Duration DEFAULT_BACKOFF = Duration.ofMinutes(15);
    private static final int MAX_NAME = 100;

    private PluggyRefusals() {}

    /** Returns null when the answer is none of the known refusals. */
    static ProviderFailure of(PluggyException answer, Instant now) {
        String code = answer.codeDescription() == null ? "" : answer.codeDescription();
        if (answer.status() == 423) {
            return new ProviderFailure.TooSoon(nextMonth(now), "quota_used_up");
        }
        return switch (code) {
            case "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY" ->
                new ProviderFailure.TooSoon(allowedAgain(answer.data(), now), "too_soon");
            case "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES" ->
                new ProviderFailure.TooSoon(
                        orLater(instant(answer.data(), "canRetryAfterDate"), now.plus(DEFAULT_BACKOFF)),
                        "too_many_failures");
            case "ITEM_ALREADY_UPDATING" -> new ProviderFailure.Busy();
            case "CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR", "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR" ->
                freshToken(answer.data());
            case "CONNECTOR_VALIDATION_ERROR" -> new ProviderFailure.Invalid(names(answer));
            default -> null;
        };
    }

    /** A bank with a token in its login wants a new one with every update. */
    private static ProviderFailure freshToken(JsonNode data) {
        String told =
                data == null ? null : PluggyTexts.clean(data.path("parameter").asText(null), MAX_NAME);
        String name = told == null ? "token" : told;
        return new ProviderFailure.NeedsUser(new UserNeed(
                UserNeed.Kind.MFA,
                "FRESH_TOKEN",
                null,
                new Question(name, null, "text", null, null, List.of()),
                null,
                null));
    }

    private static Instant allowedAgain(JsonNode data, Instant now) {
        Instant last = instant(data, "lastUpdatedAt");
        int hours =
                data == null ? 0 : data.path("minUpdateFrequencyAllowedInHours").asInt();
        return last == null || hours < 1
                ? now.plus(DEFAULT_INTERVAL)
                : orLater(last.plus(Duration.ofHours(Math.min(hours, 24 * 31))), now.plusSeconds(1));
    }

    /** Open Finance counts by the calendar month of Brazil. */
    private static Instant nextMonth(Instant now) {
        LocalDate today = now.atZone(SAO_PAULO).toLocalDate();
        return today.plusMonths(1).withDayOfMonth(1).atStartOfDay(SAO_PAULO).toInstant();
    }

    private static List<String> names(PluggyException answer) {
        return answer.parameters().stream()
                .map(name -> PluggyTexts.clean(name, MAX_NAME))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Instant instant(JsonNode data, String field) {
        try {
            return data == null ? null : Instant.parse(data.path(field).asText());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant orLater(Instant told, Instant atLeast) {
        return told != null && told.isAfter(atLeast) ? told : atLeast;
    }
}
