package dev.afluente.model.pluggy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.model.pluggy.PluggyPages.ApiKey;
import dev.afluente.model.pluggy.failure.PluggyException;
import dev.afluente.model.pluggy.wire.PluggyItem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.ws.rs.ProcessingException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluggySessionTest {
    private static final Duration RENEWAL = Duration.ofMinutes(110);

    private final ScriptedPluggy pluggy = new ScriptedPluggy();
    private final MovableClock clock = new MovableClock();
    private final PluggySession session = new PluggySession(pluggy.client(), config("id", "secret"), clock);

    @Test
    void oneKeyServesEveryCall() {
        assertThat(List.of(call(), call(), call())).containsOnly("key-1");
        assertThat(pluggy.authentications).hasValue(1);
    }

    @Test
    void aHundredCallersAtOnceAuthenticateOnce() throws Exception {
        AtomicReference<UniEmitter<? super ApiKey>> answer = new AtomicReference<>();
        pluggy.onAuthenticate = () -> Uni.createFrom().<ApiKey>emitter(answer::set);
        List<CompletableFuture<PluggyItem>> calls = together(100);
        assertThat(pluggy.authentications).hasValue(1);
        assertThat(pluggy.keysUsed).isEmpty();
        answer.get().complete(new ApiKey("the-key"));
        for (CompletableFuture<PluggyItem> call : calls) {
            assertThat(call.get(5, SECONDS).id()).isEqualTo("the-key");
        }
        assertThat(pluggy.authentications).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"-1, key-1", "0, key-2", "1, key-2"})
    void theKeyIsRenewedAtItsAge(long millis, String key) {
        call();
        clock.move(RENEWAL.plusMillis(millis));
        assertThat(call()).isEqualTo(key);
    }

    @Test
    void theAgeCountsFromTheQuestionNotFromTheAnswer() {
        pluggy.onAuthenticate = () -> {
            clock.move(Duration.ofMinutes(1));
            return pluggy.nextKey();
        };
        call();
        clock.move(RENEWAL.minusMinutes(1));
        assertThat(call()).isEqualTo("key-2");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusedKeyIsRenewedAndTheCallRepeated(int status) {
        call();
        pluggy.onItem = key -> key.equals("key-1") ? refused(status, null) : answered(key);
        assertThat(call()).isEqualTo("key-2");
        assertThat(call()).isEqualTo("key-2");
        assertThat(pluggy.keysUsed).containsExactly("key-1", "key-1", "key-2", "key-2");
        assertThat(pluggy.authentications).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"401,", "401, SOME_CODE", "403,"})
    void aCallIsRepeatedOnceAndThenItsFailurePassedOn(int status, String code) {
        pluggy.onItem = key -> refused(status, code);
        assertThatThrownBy(this::call)
                .isInstanceOfSatisfying(PluggyException.class, refusal -> assertThat(refusal.status())
                        .isEqualTo(status));
        assertThat(pluggy.keysUsed).containsExactly("key-1", "key-2");
        assertThat(pluggy.authentications).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"403, BALANCE_CONSENT_ERROR", "404, ITEM_NOT_FOUND", "429,", "500,", "400,", "410, ENDPOINT_DEPRECATED"
    })
    void aRealRefusalIsNotRepeated(int status, String code) {
        pluggy.onItem = key -> refused(status, code);
        assertThatThrownBy(this::call)
                .isInstanceOfSatisfying(PluggyException.class, refusal -> assertThat(refusal.codeDescription())
                        .isEqualTo(code));
        assertThat(pluggy.keysUsed).hasSize(1);
        assertThat(pluggy.authentications).hasValue(1);
    }

    @Test
    void whatIsNoAnswerIsNotRepeated() {
        pluggy.onItem = key -> Uni.createFrom().failure(new ConnectException());
        assertThatThrownBy(this::call).hasRootCauseInstanceOf(ConnectException.class);
        assertThat(pluggy.keysUsed).hasSize(1);
    }

    @Test
    void aFailedAuthenticationIsPassedOnAndForgotten() {
        pluggy.onAuthenticate = () -> refused(401, "CLIENT_KEYS_UNAUTHORIZED");
        assertThatThrownBy(this::call).isInstanceOf(PluggyException.class);
        assertThat(pluggy.authentications)
                .as("wrong client keys are not asked again")
                .hasValue(1);
        assertThat(pluggy.keysUsed).isEmpty();
        pluggy.onAuthenticate = pluggy::nextKey;
        assertThat(call()).isEqualTo("key-2");
    }

    @Test
    void anAuthenticationThatThrowsIsForgottenToo() {
        pluggy.onAuthenticate = () -> {
            throw new IllegalStateException("no client");
        };
        assertThatThrownBy(this::call).isInstanceOf(IllegalStateException.class);
        pluggy.onAuthenticate = pluggy::nextKey;
        assertThat(call()).isEqualTo("key-2");
    }

    @Test
    void anAnswerWithoutAKeyIsAFailureAndForgotten() {
        for (ApiKey none : new ApiKey[] {null, new ApiKey(null), new ApiKey(" ")}) {
            pluggy.onAuthenticate = () -> Uni.createFrom().item(none);
            assertThatThrownBy(this::call).isInstanceOf(ProcessingException.class);
        }
        pluggy.onAuthenticate = pluggy::nextKey;
        assertThat(call()).isEqualTo("key-4");
    }

    @Test
    void aFailedRenewalLeavesTheNextCallerToTryAgain() {
        call();
        pluggy.onItem = key -> key.equals("key-1") ? refused(401, null) : answered(key);
        pluggy.onAuthenticate = () -> refused(503, null);
        assertThatThrownBy(this::call).hasMessage("Pluggy answered 503");
        pluggy.onAuthenticate = pluggy::nextKey;
        assertThat(call()).isEqualTo("key-3");
    }

    @Test
    void aRefusalSeenByFiftyAtOnceLeadsToOneRenewal() throws Exception {
        call();
        CountDownLatch allAsked = new CountDownLatch(50);
        CompletableFuture<Void> refuse = new CompletableFuture<>();
        pluggy.onItem = key -> {
            if (!key.equals("key-1")) {
                return answered(key);
            }
            allAsked.countDown();
            return Uni.createFrom().completionStage(refuse).chain(() -> refused(401, null));
        };
        List<CompletableFuture<PluggyItem>> calls = together(50);
        assertThat(allAsked.await(5, SECONDS)).isTrue();
        refuse.complete(null);
        for (CompletableFuture<PluggyItem> call : calls) {
            assertThat(call.get(5, SECONDS).id()).isEqualTo("key-2");
        }
        assertThat(pluggy.authentications).hasValue(2);
    }

    @Test
    void aLateRefusalOfAnOldKeyTakesTheNewOne() throws Exception {
        CompletableFuture<PluggyItem> late = new CompletableFuture<>();
        pluggy.onItem = key -> Uni.createFrom().completionStage(late);
        CompletableFuture<PluggyItem> slow = item().subscribeAsCompletionStage();
        pluggy.onItem = key -> key.equals("key-1") ? refused(401, null) : answered(key);
        assertThat(call()).isEqualTo("key-2");
        late.completeExceptionally(new PluggyException(401, null, null, null, List.of()));
        assertThat(slow.get(5, SECONDS).id()).isEqualTo("key-2");
        assertThat(pluggy.authentications).hasValue(2);
    }

    @Test
    void aCallerWhoLeavesTakesNothingFromTheOthers() throws Exception {
        AtomicReference<UniEmitter<? super ApiKey>> answer = new AtomicReference<>();
        AtomicInteger cancelled = new AtomicInteger();
        pluggy.onAuthenticate = () ->
                Uni.createFrom().<ApiKey>emitter(answer::set).onCancellation().invoke(cancelled::incrementAndGet);
        Cancellable first = item().subscribe().with(ignored -> {}, ignored -> {});
        CompletableFuture<PluggyItem> second = item().subscribeAsCompletionStage();
        first.cancel();
        answer.get().complete(new ApiKey("the-key"));
        assertThat(second.get(5, SECONDS).id()).isEqualTo("the-key");
        assertThat(cancelled).hasValue(0);
        assertThat(pluggy.keysUsed).as("the one who left does not call").hasSize(1);
        assertThat(pluggy.authentications).hasValue(1);
    }

    @Test
    void everybodyGoesOnWhereTheyCameFrom() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            AtomicReference<UniEmitter<? super ApiKey>> answer = new AtomicReference<>();
            pluggy.onAuthenticate = () -> Uni.createFrom().<ApiKey>emitter(answer::set);
            List<CompletableFuture<Boolean>> stayed = new ArrayList<>();
            CountDownLatch asked = new CountDownLatch(3);
            for (int i = 0; i < 3; i++) {
                Context own = vertx.getOrCreateContext();
                CompletableFuture<Boolean> result = new CompletableFuture<>();
                stayed.add(result);
                own.runOnContext(ignored -> {
                    session.call((client, key) -> Uni.createFrom().item(Vertx.currentContext() == own))
                            .subscribe()
                            .with(result::complete, result::completeExceptionally);
                    asked.countDown();
                });
            }
            assertThat(asked.await(5, SECONDS)).isTrue();
            answer.get().complete(new ApiKey("the-key"));
            for (CompletableFuture<Boolean> result : stayed) {
                assertThat(result.get(5, SECONDS)).isTrue();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, SECONDS);
        }
    }

    @Test
    void withoutCredentialsThereIsNoSession() {
        assertThatThrownBy(() -> new PluggySession(pluggy.client(), config("id", null), clock))
                .hasMessage("afluente.pluggy.client-secret is not set");
        assertThatThrownBy(() -> new PluggySession(pluggy.client(), config(null, "secret"), clock))
                .hasMessage("afluente.pluggy.client-id is not set");
    }

    private List<CompletableFuture<PluggyItem>> together(int callers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        CountDownLatch ready = new CountDownLatch(callers);
        CountDownLatch asked = new CountDownLatch(callers);
        List<CompletableFuture<PluggyItem>> calls = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            CompletableFuture<PluggyItem> call = new CompletableFuture<>();
            calls.add(call);
            threads.execute(() -> {
                ready.countDown();
                try {
                    ready.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                item().subscribe().with(call::complete, call::completeExceptionally);
                asked.countDown();
            });
        }
        assertThat(asked.await(10, SECONDS)).isTrue();
        threads.shutdown();
        return calls;
    }

    private String call() {
        return item().await().atMost(Duration.ofSeconds(5)).id();
    }

    private Uni<PluggyItem> item() {
        return session.call((client, key) -> client.item(key, "item-1"));
    }

    private static Uni<PluggyItem> answered(String key) {
        return Uni.createFrom().item(ScriptedPluggy.item(key));
    }

    private static <T> Uni<T> refused(int status, String code) {
        return Uni.createFrom().failure(new PluggyException(status, code, null, null, List.of()));
    }

    private static PluggyConfig config(String id, String secret) {
        return new PluggyConfig() {
            @Override
            public String url() {
                return "http://localhost";
            }

            @Override
            public Optional<String> clientId() {
                return Optional.ofNullable(id);
            }

            @Override
            public Optional<String> clientSecret() {
                return Optional.ofNullable(secret);
            }

            @Override
            public Duration keyRenewal() {
                return RENEWAL;
            }
        };
    }
}
