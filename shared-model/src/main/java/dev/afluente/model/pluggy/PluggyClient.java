package dev.afluente.model.pluggy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afluente.model.pluggy.PluggyPages.Accounts;
import dev.afluente.model.pluggy.PluggyPages.ApiKey;
import dev.afluente.model.pluggy.PluggyPages.ClientKeys;
import dev.afluente.model.pluggy.PluggyPages.ConnectToken;
import dev.afluente.model.pluggy.PluggyPages.ConnectTokenRequest;
import dev.afluente.model.pluggy.PluggyPages.Consent;
import dev.afluente.model.pluggy.PluggyPages.Cursored;
import dev.afluente.model.pluggy.PluggyPages.Deleted;
import dev.afluente.model.pluggy.PluggyPages.Numbered;
import dev.afluente.model.pluggy.PluggyPages.Webhook;
import dev.afluente.model.pluggy.PluggyPages.WebhookChange;
import dev.afluente.model.pluggy.failure.PluggyErrors;
import dev.afluente.model.pluggy.failure.PluggyException;
import dev.afluente.model.pluggy.wire.PluggyConnector;
import dev.afluente.model.pluggy.wire.PluggyItem;
import dev.afluente.model.pluggy.wire.PluggyJson;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * Pluggy's API as it is on the wire, without any policy: call it through {@link PluggySession}, which owns the key.
 * Fails with {@link PluggyException} on any status of 400 and above. Source: Pluggy's OpenAPI 3.1 of 2026-07-18. The
 * retired {@code GET /transactions} is left out on purpose: it answers 410.
 */
@RegisterRestClient(configKey = "pluggy")
@RegisterProvider(PluggyErrors.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface PluggyClient {
    /** Header of the API key. */
    String KEY = "X-API-KEY";

    /** Returns an API key that lives two hours. */
    @POST
    @Path("auth")
    Uni<ApiKey> authenticate(ClientKeys keys);

    /** Returns a token for the widget that lives 30 minutes. */
    @POST
    @Path("connect_token")
    Uni<ConnectToken> connectToken(@HeaderParam(KEY) String key, ConnectTokenRequest request);

    /** Returns every connector in one page. */
    @GET
    @Path("connectors")
    Uni<Numbered<PluggyConnector>> connectors(
            @HeaderParam(KEY) String key,
            @QueryParam("countries") String countries,
            @QueryParam("sandbox") boolean sandbox);

    /** Returns one item; 404 {@code ITEM_NOT_FOUND}. */
    @GET
    @Path("items/{id}")
    Uni<PluggyItem> item(@HeaderParam(KEY) String key, @PathParam("id") String id);

    /** Starts a new sync of an item; 20 calls a minute. */
    @PATCH
    @Path("items/{id}")
    Uni<PluggyItem> updateItem(@HeaderParam(KEY) String key, @PathParam("id") String id, Map<String, Object> changes);

    /** Answers a pending challenge: parameter name to value. */
    @POST
    @Path("items/{id}/mfa")
    Uni<PluggyItem> answerChallenge(
            @HeaderParam(KEY) String key, @PathParam("id") String id, Map<String, String> answer);

    /** Removes an item with all its data, for good. */
    @DELETE
    @Path("items/{id}")
    Uni<Deleted> deleteItem(@HeaderParam(KEY) String key, @PathParam("id") String id);

    /** Returns the consents of an item. */
    @GET
    @Path("consents")
    Uni<Numbered<Consent>> consents(@HeaderParam(KEY) String key, @QueryParam("itemId") String itemId);

    /**
     * Returns a page of the application's webhooks.
     *
     * @param page from 1; null leaves it out, which is the only form Pluggy's OpenAPI document knows
     */
    @GET
    @Path("webhooks")
    Uni<Numbered<Webhook>> webhooks(@HeaderParam(KEY) String key, @QueryParam("page") Integer page);

    /** Subscribes; 400 without a code when there is one for this url and event, or five for this event. */
    @POST
    @Path("webhooks")
    Uni<Webhook> createWebhook(@HeaderParam(KEY) String key, WebhookChange webhook);

    /** Changes a webhook; 404 {@code WEBHOOK_NOT_FOUND}. */
    @PATCH
    @Path("webhooks/{id}")
    Uni<Webhook> updateWebhook(@HeaderParam(KEY) String key, @PathParam("id") String id, WebhookChange change);

    /** Returns the accounts and cards of an item in one page; 360 calls a minute. */
    @GET
    @Path("accounts")
    Uni<Accounts> accounts(@HeaderParam(KEY) String key, @QueryParam("itemId") String itemId);

    /** Returns the whole tree of categories: an array by Pluggy's schema, a page envelope by its example. */
    @GET
    @Path("categories")
    Uni<JsonNode> categories(@HeaderParam(KEY) String key);

    /**
     * Returns a page of at most 500 transactions.
     *
     * @param dateFrom rows dated at or after; not together with {@code createdAtFrom}
     * @param createdAtFrom rows ingested at or after
     * @param ids at most 500, separated by commas
     * @param after the cursor of the page before
     */
    @GET
    @Path("v2/transactions")
    Uni<Cursored> transactions(
            @HeaderParam(KEY) String key,
            @QueryParam("accountId") String accountId,
            @QueryParam("dateFrom") String dateFrom,
            @QueryParam("createdAtFrom") String createdAtFrom,
            @QueryParam("ids") String ids,
            @QueryParam("after") String after);

    /**
     * Returns a page of a card's closed bills, unread, so that one unreadable bill can be set aside.
     *
     * @param page from 1; null leaves it out, which is the only form Pluggy's OpenAPI document knows
     */
    @GET
    @Path("bills")
    Uni<Numbered<JsonNode>> bills(
            @HeaderParam(KEY) String key, @QueryParam("accountId") String accountId, @QueryParam("page") Integer page);

    /** Pluggy's JSON differs from ours in names, and its numbers must stay exact. */
    @ClientObjectMapper
    static ObjectMapper json(ObjectMapper ours) {
        return PluggyJson.MAPPER;
    }
}
