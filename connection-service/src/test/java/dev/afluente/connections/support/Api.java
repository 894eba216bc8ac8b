package dev.afluente.connections.support;

import static io.restassured.RestAssured.given;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** The public API as one person sees it. */
public record Api(String token) {
    public static final String CONNECTIONS = "/api/banking/connections";

    public static Api of(String user) {
        return new Api(IdentityResource.tokens().forUser(user));
    }

    public static Api of(String tenant, String user) {
        return new Api(IdentityResource.tokens().sign(TokenClaims.of(user).withTenant(tenant)));
    }

    /** A person nobody else is. */
    public static String someone() {
        return "user-" + UUID.randomUUID();
    }

    public RequestSpecification request() {
        return given().header("Authorization", "Bearer " + token);
    }

    public Response get(String path) {
        return request().get(path);
    }

    public Response post(String path, String json) {
        return request().contentType(ContentType.JSON).body(json).post(path);
    }

    public Response createFromItem(String item) {
        return post(CONNECTIONS + "/create_from_item", "{\"item_id\":\"" + item + "\"}");
    }
}
