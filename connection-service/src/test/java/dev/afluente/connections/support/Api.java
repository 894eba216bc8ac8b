package dev.afluente.connections.support;

import static io.restassured.RestAssured.given;

import dev.afluente.embedded.identity.TokenClaims;
import dev.afluente.embedded.testing.IdentityResource;
import dev.afluente.model.openapi.contract.ApiContract;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** The public API as one person sees it. */
public record Api(String token) {
    private static final AtomicReference<ApiContract> CONTRACT = new AtomicReference<>();

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
        return given().filter(contract()).header("Authorization", "Bearer " + token);
    }

    /** For what the document does not name on purpose. */
    public RequestSpecification undocumented() {
        return given().header("Authorization", "Bearer " + token);
    }

    /** Holds every answer a test gets against the document the service serves. */
    public static ApiContract contract() {
        if (CONTRACT.get() == null) {
            CONTRACT.compareAndSet(null, ApiContract.served());
        }
        return CONTRACT.get();
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
