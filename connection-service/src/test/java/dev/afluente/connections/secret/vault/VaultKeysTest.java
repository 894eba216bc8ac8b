package dev.afluente.connections.secret.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealed;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.Sealer.Locked;
import dev.afluente.connections.secret.Sealer.Stored;
import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.secret.UnopenableException;
import dev.afluente.connections.secret.UnopenableException.Reason;
import dev.afluente.connections.secret.envelope.EnvelopeSealer;
import dev.afluente.connections.secret.envelope.KeyWrapper;
import dev.afluente.connections.secret.envelope.KeysUnusableException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sealing with keys that stay in Vault: binding, rotation, batches, logins. */
class VaultKeysTest {
    private final VaultUnderTest vault = new VaultUnderTest();
    private final KeyWrapper keys = vault.keys();
    private final Sealer sealer = new EnvelopeSealer(keys, 0, Duration.ofMinutes(1));
    private final Scope scope = new Scope("acme", UUID.randomUUID(), "consent.refresh-token");

    @AfterEach
    void end() {
        vault.close();
    }

    @Test
    void whatIsSealedOpensUnderItsScopeOnly() {
        String sealed = wait(sealer.sealText(scope, "a secret"));
        assertThat(sealed).startsWith("s1.vault.1.").doesNotContain("secret");
        assertThat(wait(sealer.openText(scope, sealed))).isEqualTo("a secret");
        for (Scope other : List.of(
                new Scope("acme2", scope.connection(), scope.purpose()),
                new Scope("acme", UUID.randomUUID(), scope.purpose()),
                new Scope("acme", scope.connection(), "other"))) {
            assertThat(reason(other, Sealed.parse(sealed))).isEqualTo(Reason.NOT_AUTHENTIC);
        }
    }

    @Test
    void noChangedCharacterOpens() {
        String good = wait(sealer.sealText(scope, "x"));
        for (int place = 0; place < good.length(); place++) {
            String changed =
                    good.substring(0, place) + (good.charAt(place) == 'A' ? 'B' : 'A') + good.substring(place + 1);
            assertThatThrownBy(() -> wait(sealer.openText(scope, changed)))
                    .as("place %d", place)
                    .isInstanceOf(UnopenableException.class);
        }
    }

    @Test
    void aNewVersionIsUsedAtOnceAndTheOldOneStillOpens() {
        Sealed old = wait(sealer.seal(scope, bytes("kept")));
        vault.rotate();
        assertThat(sealer.current(old)).isTrue();
        wait(keys.check());
        assertThat(sealer.current(old)).isFalse();
        assertThat(wait(sealer.open(scope, old))).isEqualTo(bytes("kept"));

        Sealed moved = wait(sealer.rewrap(scope, old));
        assertThat(moved.keyId()).isEqualTo("2");
        assertThat(moved.content()).isEqualTo(old.content());
        assertThat(moved.wrapped()).isNotEqualTo(old.wrapped());
        assertThat(sealer.current(moved)).isTrue();

        vault.retireBefore(2);
        assertThat(wait(sealer.open(scope, moved))).isEqualTo(bytes("kept"));
        assertThat(reason(scope, old)).isEqualTo(Reason.UNKNOWN_KEY);
    }

    @Test
    void aPageIsOneCall() {
        List<Locked> page = page(50);
        assumeFalse(VaultUnderTest.real());
        vault.standIn().forgetCalls();
        List<Attempt<String>> opened = wait(sealer.openTexts(stored(page)));
        assertThat(opened).hasSize(50).allMatch(Attempt::succeeded);
        assertThat(opened.get(49).value()).isEqualTo("secret 49");
        assertThat(vault.standIn().calls("decrypt")).isEqualTo(1);
        wait(sealer.rewrapAll(page));
        assertThat(vault.standIn().calls("rewrap")).isEqualTo(1);
    }

    @Test
    void aBadRowDoesNotHideThePage() {
        List<Locked> page = new ArrayList<>(page(50));
        Scope foreign = new Scope("other", scope.connection(), scope.purpose());
        page.set(17, new Locked(foreign, page.get(17).sealed()));
        List<Attempt<String>> opened = wait(sealer.openTexts(stored(page)));
        assertThat(IntStream.range(0, 50)
                        .filter(i -> !opened.get(i).succeeded())
                        .toArray())
                .containsExactly(17);
        assertThat(opened.get(18).value()).isEqualTo("secret 18");
        List<Attempt<Sealed>> moved = wait(sealer.rewrapAll(page));
        assertThat(IntStream.range(0, 50).filter(i -> !moved.get(i).succeeded()).toArray())
                .containsExactly(17);
        assertThat(opened.get(17).failure()).isInstanceOf(UnopenableException.class);
        assertThat(moved.get(17).failure()).isInstanceOf(UnopenableException.class);
    }

    @Test
    void aKeyThatWasUnwrappedIsKeptForAWhileAndForItsScopeOnly() {
        assumeFalse(VaultUnderTest.real());
        Sealer keeping = new EnvelopeSealer(keys, 100, Duration.ofMinutes(1));
        Sealed sealed = wait(keeping.seal(scope, bytes("x")));
        List<CompletableFuture<byte[]>> openings = IntStream.range(0, 20)
                .mapToObj(i -> keeping.open(scope, sealed).subscribeAsCompletionStage())
                .toList();
        openings.forEach(opening -> assertThat(opening.join()).isEqualTo(bytes("x")));
        assertThat(vault.standIn().calls("decrypt")).isEqualTo(1);

        vault.standIn().answer(503);
        assertThat(wait(keeping.open(scope, sealed))).isEqualTo(bytes("x"));
        Scope foreign = new Scope("other", scope.connection(), scope.purpose());
        List<Attempt<byte[]>> both =
                wait(keeping.openAll(List.of(new Locked(foreign, sealed), new Locked(scope, sealed))));
        assertThat(both.get(0).failure()).isInstanceOf(SecretsAwayException.class);
        assertThat(both.get(1).value()).isEqualTo(bytes("x"));
        assertThatThrownBy(() -> wait(keeping.seal(scope, bytes("y")))).isInstanceOf(SecretsAwayException.class);

        vault.standIn().answer(200);
        assertThatThrownBy(() -> wait(keeping.open(foreign, sealed))).isInstanceOf(UnopenableException.class);
    }

    @Test
    void oneLoginForAllAndOneMoreWhenTheTokenIsRefused() {
        assumeFalse(VaultUnderTest.real());
        Sealer service = new EnvelopeSealer(vault.loggingIn(vault.base(), "a-password"), 0, Duration.ofMinutes(1));
        sealAtOnce(service);
        assertThat(vault.standIn().calls("login")).isEqualTo(1);

        vault.standIn().forgetTokens();
        // refusals within a second of a login are taken for those of calls that began before it
        await().pollDelay(Duration.ofMillis(1_100)).until(() -> true);
        sealAtOnce(service);
        assertThat(vault.standIn().calls("login")).isEqualTo(2);
        Sealed sealed = wait(service.seal(scope, bytes("after")));
        assertThat(wait(service.open(scope, sealed))).isEqualTo(bytes("after"));
    }

    @Test
    void aRefusedLoginIsNotTriedByEverybody() {
        assumeFalse(VaultUnderTest.real());
        Sealer service = new EnvelopeSealer(vault.loggingIn(vault.base(), "wrong"), 0, Duration.ofMinutes(1));
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> wait(service.seal(scope, bytes("x"))))
                    .isInstanceOf(SecretsAwayException.class)
                    .hasMessageNotContaining("wrong");
        }
        assertThat(vault.standIn().calls("login")).isBetween(1, 4);
    }

    @Test
    void aKeyThatDoesNotBindOrIsNotThereIsNoKey() {
        vault.create("unbound", false);
        assertThatThrownBy(() -> wait(vault.keys(vault.base(), "unbound").check()))
                .isInstanceOf(KeysUnusableException.class)
                .hasMessageContaining("derived=true");
        assertThatThrownBy(() -> wait(vault.keys(vault.base(), "no-such").check()))
                .isInstanceOf(KeysUnusableException.class)
                .hasMessageContaining("no-such");
    }

    private void sealAtOnce(Sealer service) {
        IntStream.range(0, 30)
                .mapToObj(i -> service.seal(scope, bytes("x" + i)).subscribeAsCompletionStage())
                .toList()
                .forEach(CompletableFuture::join);
    }

    private List<Locked> page(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> Locked.of(scope, wait(sealer.sealText(scope, "secret " + i))))
                .toList();
    }

    private static List<Stored> stored(List<Locked> page) {
        return page.stream()
                .map(one -> new Stored(one.scope(), one.sealed().text()))
                .toList();
    }

    private Reason reason(Scope under, Sealed sealed) {
        return ((UnopenableException) wait(sealer.openAll(List.of(new Locked(under, sealed))))
                        .get(0)
                        .failure())
                .reason();
    }

    private static <T> T wait(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
