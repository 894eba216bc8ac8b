package dev.afluente.model.pluggy;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.afluente.model.pluggy.wire.PluggyConnector;
import dev.afluente.model.pluggy.wire.PluggyItem;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Pluggy as a test writes it: hands out the keys {@code key-1}, {@code key-2}, … and answers the reading of an item as
 * the test says. Safe from any thread.
 */
final class ScriptedPluggy implements PluggyClient {
    final AtomicInteger authentications = new AtomicInteger();
    final List<String> keysUsed = new CopyOnWriteArrayList<>();

    volatile Supplier<Uni<ApiKey>> onAuthenticate = this::nextKey;
    volatile Function<String, Uni<PluggyItem>> onItem = key -> Uni.createFrom().item(item(key));

    /** The next key of the row, as an answer. */
    Uni<ApiKey> nextKey() {
        return Uni.createFrom().item(new ApiKey("key-" + authentications.get()));
    }

    /** An item whose id tells which key fetched it. */
    static PluggyItem item(String key) {
        return new PluggyItem(
                key, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Override
    public Uni<ApiKey> authenticate(ClientKeys keys) {
        authentications.incrementAndGet();
        return onAuthenticate.get();
    }

    @Override
    public Uni<PluggyItem> item(String key, String id) {
        keysUsed.add(key);
        return onItem.apply(key);
    }

    @Override
    public Uni<ConnectToken> connectToken(String key, ConnectTokenRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Numbered<PluggyConnector>> connectors(String key, String countries, boolean sandbox) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<PluggyItem> updateItem(String key, String id, Map<String, Object> changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<PluggyItem> answerChallenge(String key, String id, Map<String, String> answer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Deleted> deleteItem(String key, String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Numbered<Consent>> consents(String key, String itemId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<JsonNode> categories(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Accounts> accounts(String key, String itemId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Cursored> transactions(
            String key, String accountId, String dateFrom, String createdAtFrom, String ids, String after) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Numbered<JsonNode>> bills(String key, String accountId, Integer page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Numbered<Webhook>> webhooks(String key, Integer page) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Webhook> createWebhook(String key, WebhookChange webhook) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Webhook> updateWebhook(String key, String id, WebhookChange change) {
        throw new UnsupportedOperationException();
    }
}
