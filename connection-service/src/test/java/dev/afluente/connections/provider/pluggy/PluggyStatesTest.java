package dev.afluente.connections.provider.pluggy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.UserNeed;
import dev.afluente.connections.provider.UserNeed.Kind;
import dev.afluente.model.pluggy.wire.PluggyItem;
import dev.afluente.model.pluggy.wire.PluggyJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluggyStatesTest {
    @Test
    void readsAPartialSuccessAsWhatItIs() throws JsonProcessingException {
        LinkState state = state("""
                {"id": "i", "connector": {"id": 601, "name": "Banco Exemplo", "isOpenFinance": true},
                 "status": "UPDATED", "executionStatus": "PARTIAL_SUCCESS", "error": null,
                 "statusDetail": {
                   "accounts": {"isUpdated": true, "lastUpdatedAt": "2026-03-10T09:15:02.000Z", "warnings": []},
                   "creditCards": {"isUpdated": false, "lastUpdatedAt": "2026-03-09T09:12:44.000Z",
                     "warnings": [{"code": "001", "message": "Limite atingido", "providerMessage": "x"}, null]},
                   "investmentTransactions": {"isUpdated": null},
                   "identity": null},
                 "products": ["ACCOUNTS", "CREDIT_CARDS", "TRANSACTIONS", "INVESTMENTS_TRANSACTIONS"],
                 "createdAt": "2026-01-05T13:00:00.000Z", "updatedAt": "2026-03-10T09:15:03.000Z",
                 "lastUpdatedAt": "2026-03-10T09:15:02.000Z", "nextAutoSyncAt": "2026-03-11T09:00:00.000Z",
                 "consentExpiresAt": "2027-03-11T09:00:00.000Z"}
                """);

        assertThat(state.status()).isEqualTo(Status.UPDATED);
        assertThat(state.products())
                .extracting(LinkState.Product::product)
                .containsExactly("ACCOUNTS", "CREDIT_CARDS", "INVESTMENTS_TRANSACTIONS", "TRANSACTIONS");
        assertThat(state.products()).extracting(LinkState.Product::isUpdated).containsExactly(true, false, false, true);
        assertThat(state.products().get(1).warnings()).containsExactly(new LinkState.Warning("001", "Limite atingido"));
        assertThat(state.products().get(1).lastUpdate()).isEqualTo("2026-03-09T09:12:44Z");
        assertThat(state.asOf()).isEqualTo("2026-03-10T09:15:03Z");
        assertThat(state.nextSyncAt()).isEqualTo("2026-03-11T09:00:00Z");
        assertThat(state.consent().expiresAt()).isEqualTo("2027-03-11T09:00:00Z");
        assertThat(state.need()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "LOGIN_ERROR, INVALID_CREDENTIALS, LOGIN",
        "LOGIN_ERROR, USER_AUTHORIZATION_REVOKED, CONSENT",
        "LOGIN_ERROR, USER_AUTHORIZATION_NOT_GRANTED, CONSENT",
        "LOGIN_ERROR, ACCOUNT_LOCKED, ACTION",
        "LOGIN_ERROR, , LOGIN",
        "LOGIN_ERROR, SOMETHING_NEW, LOGIN",
        "OUTDATED, ACCOUNT_NEEDS_ACTION, ACTION",
        "OUTDATED, ALREADY_LOGGED_IN, ACTION",
        "OUTDATED, ACCOUNT_CREDENTIALS_RESET, LOGIN",
        "OUTDATED, SITE_NOT_AVAILABLE, ",
        "OUTDATED, UNEXPECTED_ERROR, ",
        "ERROR, , ",
        "UPDATED, INVALID_CREDENTIALS, ",
        "UPDATING, , ",
        "MERGING, , ",
        "WAITING_USER_INPUT, , MFA",
        "WAITING_USER_ACTION, , ACTION"
    })
    void namesWhatThePersonHasToDo(String status, String code, Kind kind) throws JsonProcessingException {
        String error = code == null ? "null" : "{\"code\": \"" + code + "\"}";

        UserNeed need = state("{\"id\": \"i\", \"status\": \"" + status + "\", \"error\": " + error + "}")
                .need();

        assertThat(need == null ? null : need.kind()).isEqualTo(kind);
    }

    @Test
    void showsWhereToGo() throws JsonProcessingException {
        UserNeed need = state("""
                        {"id": "i", "status": "WAITING_USER_ACTION", "userAction": {
                          "instructions": "Autorize no app", "type": "authorize-access",
                          "attributes": {"step": 1, "name": "x", "url": "https://bank.example/authorize"},
                          "expiresAt": "2026-03-10T09:20:00.000Z"}}
                        """).need();

        assertThat(need)
                .isEqualTo(new UserNeed(
                        Kind.ACTION,
                        "authorize-access",
                        "Autorize no app",
                        null,
                        "https://bank.example/authorize",
                        Instant.parse("2026-03-10T09:20:00Z")));
    }

    @Test
    void takesTextsOnlyAsFarAsTheyAreFitToShow() throws JsonProcessingException {
        LinkState state = state("{\"id\": \"i\", \"status\": \"LOGIN_ERROR\", \"connector\": {\"name\": \"a\\u0000b"
                + "x".repeat(500) + "\", \"imageUrl\": \"javascript:x\", \"primaryColor\": \"red\"},"
                + " \"error\": {\"code\": \"C\\nD\", \"providerMessage\": \"  \"}}");

        assertThat(state.institution().name()).startsWith("a bx").hasSize(200);
        assertThat(state.institution().logo()).isNull();
        assertThat(state.institution().color()).isNull();
        assertThat(state.reason()).isEqualTo("C D");
        assertThat(state.need().instructions()).isNull();
    }

    @Test
    void isContentWithAnIdAlone() throws JsonProcessingException {
        LinkState state = state("{\"id\": \"i\"}");

        assertThat(state.status()).isEqualTo(Status.UNKNOWN);
        assertThat(state.asOf()).isEqualTo(Instant.EPOCH);
        assertThat(state.institution().name()).isEqualTo("Banco");
        assertThatThrownBy(() -> state("{}")).isInstanceOf(ProviderException.class);
    }

    private static LinkState state(String json) throws JsonProcessingException {
        return PluggyStates.of(PluggyJson.MAPPER.readValue(json, PluggyItem.class));
    }
}
