package dev.afluente.connections.provider.pluggy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.connections.provider.Bank;
import dev.afluente.connections.provider.LinkInvitation;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.Provider;
import dev.afluente.connections.provider.ProviderException;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.pluggy.refusal.PluggyFailures;
import dev.afluente.model.http.Caller;
import dev.afluente.model.pluggy.PluggyClient;
import dev.afluente.model.pluggy.PluggyPages.ConnectTokenRequest;
import dev.afluente.model.pluggy.PluggySession;
import dev.afluente.model.pluggy.wire.PluggyItem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * Pluggy behind the port: a link is an item, an invitation is a connect token. Owns the deadline of a question and the
 * translation of every failure. Never updates an item by itself: Pluggy calls that an abuse.
 */
@Singleton
class PluggyProvider implements Provider {
    static final String KEY = "pluggy";

    /** Pluggy's documented life of a connect token. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);

    private static final String COUNTRY = "BR";

    private final PluggySession pluggy;
    private final PluggyLinkConfig config;
    private final Clock clock;

    PluggyProvider(PluggySession pluggy, PluggyLinkConfig config, Clock clock) {
        this.pluggy = pluggy;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public Uni<List<Bank>> banks() {
        return ask((client, key) -> client.connectors(key, COUNTRY, config.sandboxConnectors()))
                .map(page -> PluggyBanks.of(page.results()));
    }

    @Override
    public Uni<LinkInvitation> invite(Caller caller, String linkId) {
        ConnectTokenRequest request = new ConnectTokenRequest(
                linkId,
                new ConnectTokenRequest.Options(
                        caller.clientUserId(), null, config.oauthRedirectUri().orElse(null), null));
        return Uni.createFrom().deferred(() -> {
            Instant asked = clock.instant();
            return ask((client, key) -> client.connectToken(key, request))
                    .map(token -> invitation(token.accessToken(), asked));
        });
    }

    @Override
    public Uni<LinkState> claim(Caller caller, String linkId) {
        return item(linkId)
                .invoke(item -> {
                    if (!caller.owns(item.clientUserId())) {
                        throw new ProviderException(new ProviderFailure.Gone());
                    }
                })
                .chain(this::told);
    }

    @Override
    public Uni<LinkState> state(String linkId) {
        return item(linkId).chain(this::told);
    }

    /** Open Finance items are never without a consent, be it one that says nothing; it costs a question of its own. */
    @Override
    public int questions(LinkState known) {
        return known == null || known.consent() != null ? 2 : 1;
    }

    @Override
    public Uni<LinkState> refresh(String linkId) {
        return ask((client, key) -> client.updateItem(key, linkId, Map.of())).chain(this::told);
    }

    @Override
    public Uni<LinkState> answer(String linkId, Map<String, String> answer) {
        return ask((client, key) -> client.answerChallenge(key, linkId, answer)).chain(this::told);
    }

    @Override
    public Uni<LinkState> renew(String linkId, Map<String, String> credentials) {
        return ask((client, key) -> client.updateItem(key, linkId, Map.of("parameters", credentials)))
                .chain(this::told);
    }

    @Override
    public Uni<Void> revoke(String linkId) {
        return ask((client, key) -> client.deleteItem(key, linkId)).replaceWithVoid();
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProviderException refusal && refusal.failure() instanceof ProviderFailure.Gone;
    }

    /** Only Open Finance has consents of its own; they cost one more question. */
    private Uni<LinkState> told(PluggyItem item) {
        boolean openFinance =
                item.connector() != null && Boolean.TRUE.equals(item.connector().isOpenFinance());
        return openFinance
                ? ask((client, key) -> client.consents(key, item.id()))
                        .map(page -> PluggyConsents.newest(page.results()))
                        // It says that there are no consents, not that there is no item: that one has just been read.
                        .onFailure(PluggyProvider::isGone)
                        .recoverWithNull()
                        .map(consent -> PluggyStates.of(item, consent))
                : Uni.createFrom().item(() -> PluggyStates.of(item));
    }

    private Uni<PluggyItem> item(String linkId) {
        return ask((client, key) -> client.item(key, linkId));
    }

    private LinkInvitation invitation(String token, Instant asked) {
        if (token == null || token.isBlank()) {
            throw PluggyFailures.unreadable();
        }
        String separator = config.connectUrl().indexOf('?') < 0 ? "?" : "&";
        String url = config.connectUrl() + separator + "connect_token=" + URLEncoder.encode(token, UTF_8);
        return new LinkInvitation(token, url, asked.plus(TOKEN_LIFE));
    }

    private <T> Uni<T> ask(BiFunction<PluggyClient, String, Uni<T>> question) {
        return pluggy.call(question)
                .ifNoItem()
                .after(config.deadline())
                .failWith(TimeoutException::new)
                .onItem()
                .ifNull()
                .failWith(PluggyFailures::unreadable)
                .onFailure()
                .transform(failure -> PluggyFailures.translate(failure, clock.instant()));
    }
}
