package dev.afluente.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    private static final Caller ANA_OF_ACME = new Caller("acme", "ana");
    private static final Caller IMPOSTOR = new Caller("default", "acme/ana");

    @Test
    void withoutATenantItIsTheDefaultOne() {
        assertThat(Caller.of(token("ana", Map.of()))).isEqualTo(new Caller("default", "ana"));
        assertThat(Caller.of(token("ana", Map.of("tenant", "default")))).isEqualTo(new Caller("default", "ana"));
    }

    @Test
    void theTenantIsTheClaimHoweverTheLibraryWrapsIt() {
        assertThat(Caller.of(token("ana", Map.of("tenant", "acme")))).isEqualTo(ANA_OF_ACME);
        assertThat(Caller.of(token("ana", Map.of("tenant", Json.createValue("acme")))))
                .isEqualTo(ANA_OF_ACME);
    }

    static Stream<Object> notATenant() {
        return Stream.of(
                "",
                " ",
                "acme/x",
                "*",
                "/",
                "a\u0000b",
                "a\nb",
                "x".repeat(201),
                7,
                true,
                List.of("acme"),
                Map.of("acme", 1),
                Json.createValue(7),
                Json.createValue(""));
    }

    @ParameterizedTest
    @MethodSource("notATenant")
    void aTenantThatIsNoneIsRefused(Object claim) {
        assertRefused(token("ana", Map.of("tenant", claim)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a\u0000", "a\r\nb"})
    void aSubjectThatIsNoneIsRefused(String subject) {
        assertRefused(token(subject, Map.of()));
        assertRefused(token("x".repeat(201), Map.of()));
    }

    @Test
    void itemsAreOwnedByTheirClientUserId() {
        Caller ana = new Caller("default", "ana");
        assertThat(ana.clientUserId()).isEqualTo("ana");
        assertThat(ANA_OF_ACME.clientUserId()).isEqualTo("acme/ana");
        assertThat(ana.owns("ana")).isTrue();
        assertThat(ANA_OF_ACME.owns("acme/ana")).isTrue();
        assertThat(ana.owns("acme/ana")).isFalse();
        assertThat(ANA_OF_ACME.owns("ana")).isFalse();
        assertThat(new Caller("acme", "bia").owns("acme/ana")).isFalse();
        assertThat(ana.owns("ANA")).isFalse();
        assertThat(ana.owns(null)).isFalse();
        assertThat(ana.owns("")).isFalse();
    }

    @Test
    void aUserSpelledLikeAnotherTenantsOwnsNothingOfIt() {
        assertThat(IMPOSTOR.owns("acme/ana")).isFalse();
        assertThat(new Caller("acme", "b/c").owns("acme/b/c")).isTrue();
    }

    @Test
    void aUserSpelledLikeAnotherTenantsCannotMakeAnItemInItsName() {
        assertThatThrownBy(IMPOSTOR::clientUserId)
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.getStatusCode())
                        .isEqualTo(403));
    }

    private static void assertRefused(JsonWebToken token) {
        assertThatThrownBy(() -> Caller.of(token)).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.getStatusCode()).isEqualTo(401);
            assertThat(problem.getParameters()).containsEntry("code", "unauthorized");
        });
    }

    private static JsonWebToken token(String subject, Map<String, Object> claims) {
        return new JsonWebToken() {
            @Override
            public String getName() {
                return subject;
            }

            @Override
            public Set<String> getClaimNames() {
                return claims.keySet();
            }

            @Override
            // The interface lets the caller name the type.
            @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
            public <T> T getClaim(String name) {
                return (T) (name.equals("sub") ? subject : claims.get(name));
            }
        };
    }
}
