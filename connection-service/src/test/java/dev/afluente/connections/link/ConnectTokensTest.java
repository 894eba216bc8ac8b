package dev.afluente.connections.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.connections.provider.LinkInvitation;
import dev.afluente.connections.support.MutableClock;
import dev.afluente.model.http.Caller;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConnectTokensTest {
    private static final ConnectTokens.Key ANA = new ConnectTokens.Key(new Caller("default", "ana"), "pluggy", null);

    private final MutableClock clock = new MutableClock();
    private final ConnectTokens tokens = new ConnectTokens(clock);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void isTheSameForTwentyFiveMinutesAndAnotherOneAfter() {
        LinkInvitation first = get(ANA);
        clock.pass(ConnectTokens.KEPT.minusMillis(1));
        assertThat(get(ANA)).isSameAs(first);

        clock.pass(Duration.ofMillis(1));

        assertThat(get(ANA)).isNotSameAs(first);
        assertThat(asked).hasValue(2);
    }

    @Test
    void belongsToOneTenantOneUserAndOneLink() {
        List<LinkInvitation> all = List.of(
                get(ANA),
                get(new ConnectTokens.Key(new Caller("acme", "ana"), "pluggy", null)),
                get(new ConnectTokens.Key(new Caller("default", "rui"), "pluggy", null)),
                get(new ConnectTokens.Key(
                        new Caller("default", "ana"), "pluggy", "3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001")),
                get(new ConnectTokens.Key(new Caller("default", "ana"), "another", null)));

        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void isAskedForOnceByManyAndSurvivesTheOneWhoLeaves() {
        AtomicReference<UniEmitter<? super LinkInvitation>> answer = new AtomicReference<>();
        List<UniAssertSubscriber<LinkInvitation>> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            callers.add(tokens.get(ANA, key -> Uni.createFrom().<LinkInvitation>emitter(emitter -> {
                        asked.incrementAndGet();
                        answer.set(emitter);
                    }))
                    .subscribe()
                    .withSubscriber(UniAssertSubscriber.create()));
        }
        callers.get(0).cancel();

        answer.get().complete(invitation());

        callers.stream().skip(1).forEach(UniAssertSubscriber::assertCompleted);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aFailureIsNotKept() {
        assertThatThrownBy(() -> tokens.get(ANA, key -> Uni.createFrom().failure(new IllegalStateException("away")))
                        .await()
                        .atMost(Duration.ofSeconds(5)))
                .hasMessageContaining("away");

        assertThat(get(ANA)).isNotNull();
    }

    private LinkInvitation get(ConnectTokens.Key key) {
        return tokens.get(key, missing -> {
                    asked.incrementAndGet();
                    return Uni.createFrom().item(invitation());
                })
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private LinkInvitation invitation() {
        return new LinkInvitation("token-" + asked, "https://widget.example", clock.instant());
    }
}
