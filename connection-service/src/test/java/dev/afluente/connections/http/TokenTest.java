package dev.afluente.connections.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.afluente.connections.support.Api;
import dev.afluente.connections.support.ScriptedPluggyTest;
import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class TokenTest extends ScriptedPluggyTest {
    private static final List<String> READ = List.of(
            "/api/banking/connectors",
            "/api/banking/connectors/1",
            "/api/banking/pluggy/banks",
            "/api/banking/connections",
            "/api/banking/connections/3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001",
            "/api/banking/connections/3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001/consent",
            "/api/banking/connections/3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001/check_status",
            "/api/banking/connections/3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001/removal",
            "/api/banking/notifications");

    private static final List<String> WRITE = List.of(
            "/api/banking/connections/create_connect_token",
            "/api/banking/connections/create_from_item",
            "/api/banking/pluggy/connect-token",
            "/api/banking/pluggy/callback",
            "/api/banking/pluggy/accounts/3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001/disconnect",
            "/api/banking/notifications/3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001/read");

    static Stream<String> badTokens() {
        TokenClaims good = TokenClaims.of("ana");
        String signed = IdentityResource.tokens().sign(good);
        String payload = signed.split("\\.", -1)[1];
        return Stream.of(
                "garbage",
                "",
                signed.substring(0, signed.length() - 8) + "AAAAAAAA",
                encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + payload + ".",
                encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + payload + "." + encoded("signature"),
                IdentityResource.tokens().sign(good.withIssuer("https://somebody.else")),
                IdentityResource.tokens().sign(good.withAudience("another-service")),
                IdentityResource.tokens().sign(good.withLifetime(Duration.ofMinutes(-5))),
                IdentityResource.tokens().sign(good.withTenant("acme/hr")),
                IdentityResource.tokens().sign(TokenClaims.of("u".repeat(201))),
                IdentityResource.tokens().sign(good.withTenant(" ")));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void isRefusedWithoutSayingWhy(String token) {
        for (String path : READ) {
            unauthorized(new Api(token).get(path));
        }
        for (String path : WRITE) {
            unauthorized(new Api(token).post(path, "{\"item_id\":\"3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001\"}"));
        }
    }

    @Test
    void isNeeded() {
        READ.forEach(path -> unauthorized(RestAssured.get(path)));
        WRITE.forEach(path -> unauthorized(RestAssured.given().post(path)));
    }

    @Test
    void needsTheRole() {
        Api operator =
                new Api(IdentityResource.tokens().sign(TokenClaims.of("ana").withGroups(Set.of("operator"))));
        for (String path : READ) {
            operator.get(path)
                    .then()
                    .statusCode(403)
                    .header("Content-Type", startsWith("application/problem+json"))
                    .body("code", equalTo("forbidden"));
        }
    }

    @Test
    void doesNotGuardHealth() {
        RestAssured.get("/q/health/live").then().statusCode(200);
    }

    private static void unauthorized(Response response) {
        response.then()
                .statusCode(401)
                .header("Content-Type", startsWith("application/problem+json"))
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo("unauthorized"));
        assertThat(response.asString())
                .isEqualTo("{\"status\":401,\"title\":\"A valid access token is needed\",\"code\":\"unauthorized\"}");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
