package dev.afluente.connections.secret.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.KeyFiles;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealed;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.Sealer.Locked;
import dev.afluente.connections.secret.Sealer.Stored;
import dev.afluente.connections.secret.UnopenableException;
import dev.afluente.connections.secret.UnopenableException.Reason;
import dev.afluente.connections.secret.envelope.EnvelopeSealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything a sealed secret promises, with keys from a file. */
class FileSealerTest {
    private static final Scope SCOPE = new Scope("acme", UUID.randomUUID(), "consent.refresh-token");
    private static final String FIRST = KeyFiles.line("first");
    private static final String SECOND = KeyFiles.line("second");

    @TempDir
    Path directory;

    private Path file;
    private FileKeys keys;
    private Sealer sealer;

    @BeforeEach
    void start() {
        file = KeyFiles.write(directory.resolve("keys"), FIRST);
        restart();
    }

    private void restart() {
        keys = new FileKeys(file);
        // nothing is kept: every opening unwraps
        sealer = new EnvelopeSealer(keys, 0, Duration.ofMinutes(1));
    }

    @Test
    void whatIsSealedOpensAndIsNeverTheSameTwice() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            byte[] plain = new byte[random.nextInt(i % 50 == 0 ? Sealer.MAX_PLAIN : 300)];
            random.nextBytes(plain);
            Scope scope = new Scope(text(random), new UUID(random.nextLong(), random.nextLong()), "p" + i % 7);
            Sealed sealed = sealer.seal(scope, plain).await().indefinitely();
            assertThat(Sealed.parse(sealed.text())).isEqualTo(sealed);
            assertThat(sealer.open(scope, Sealed.parse(sealed.text())).await().indefinitely())
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(plain);
            assertThat(seen.add(sealed.wrapped()) && seen.add(sealed.content().substring(0, 16)))
                    .as("seed %d, round %d: fresh key and nonce", seed, i)
                    .isTrue();
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(0, random.nextInt(40)).forEach(i -> text.appendCodePoint(random.nextInt(0xD7FF) + 1));
        return text.toString();
    }

    @Test
    void noChangedCharacterOpens() {
        String good = sealer.sealText(SCOPE, "a secret").await().indefinitely();
        assertThat(sealer.openText(SCOPE, good).await().indefinitely()).isEqualTo("a secret");
        String alphabet = "ABCXYZabcxyz0189-_.=+/ \n\u0000ä";
        int tried = 0;
        for (int place = 0; place < good.length(); place++) {
            // every value of the last characters, where an encoding has bits to spare, and of the head
            boolean all = place < 20
                    || place > good.length() - 3
                    || good.charAt(Math.min(place + 1, good.length() - 1)) == '.';
            String others = all ? all() : alphabet;
            for (int i = 0; i < others.length(); i++) {
                char other = others.charAt(i);
                if (other != good.charAt(place)) {
                    refuses(SCOPE, good.substring(0, place) + other + good.substring(place + 1));
                    tried++;
                }
            }
            refuses(SCOPE, good.substring(0, place));
            refuses(SCOPE, good.substring(0, place) + good.substring(place + 1));
        }
        refuses(SCOPE, good + "A");
        System.out.println("changed texts refused: " + tried + " of " + tried);
    }

    private static String all() {
        StringBuilder all = new StringBuilder();
        IntStream.range(0, 256).forEach(c -> all.append((char) c));
        return all.toString();
    }

    private void refuses(Scope scope, String text) {
        assertThatThrownBy(() -> sealer.openText(scope, text).await().indefinitely())
                .isInstanceOf(UnopenableException.class)
                .hasMessage("The secret cannot be opened");
    }

    @Test
    void noOtherScopeOpens() {
        String sealed = sealer.sealText(SCOPE, "a secret").await().indefinitely();
        refuses(new Scope("acme2", SCOPE.connection(), SCOPE.purpose()), sealed);
        refuses(new Scope("ac", SCOPE.connection(), SCOPE.purpose()), sealed);
        refuses(new Scope(SCOPE.tenant(), UUID.randomUUID(), SCOPE.purpose()), sealed);
        refuses(new Scope(SCOPE.tenant(), SCOPE.connection(), "consent"), sealed);
    }

    @Test
    void partsOfTwoSecretsMakeNone() {
        Sealed one = sealer.seal(SCOPE, bytes("one")).await().indefinitely();
        Sealed two = sealer.seal(SCOPE, bytes("two")).await().indefinitely();
        refuses(SCOPE, new Sealed(one.source(), one.keyId(), two.wrapped(), one.content()).text());
    }

    @Test
    void aNewKeyIsTakenOverAndTheOldOneStillOpens() {
        Sealed old = sealer.seal(SCOPE, bytes("kept")).await().indefinitely();
        KeyFiles.write(file, SECOND, FIRST);
        keys.refresh();

        assertThat(sealer.current(old)).isFalse();
        assertThat(sealer.open(SCOPE, old).await().indefinitely()).isEqualTo(bytes("kept"));
        Sealed moved = sealer.rewrap(SCOPE, old).await().indefinitely();
        assertThat(moved.keyId()).isEqualTo("second");
        assertThat(moved.content()).isEqualTo(old.content());
        assertThat(sealer.current(moved)).isTrue();

        KeyFiles.write(file, SECOND);
        keys.refresh();
        assertThat(sealer.open(SCOPE, moved).await().indefinitely()).isEqualTo(bytes("kept"));
        assertThatThrownBy(() -> sealer.open(SCOPE, old).await().indefinitely())
                .isInstanceOfSatisfying(UnopenableException.class, broken -> assertThat(broken.reason())
                        .isEqualTo(Reason.UNKNOWN_KEY));
    }

    @Test
    void anUnknownKeyIsAReasonToLookAtTheFile() {
        KeyFiles.write(file, SECOND, FIRST);
        Sealer another = new EnvelopeSealer(new FileKeys(file), 10, Duration.ofMinutes(1));
        Sealed newer = another.seal(SCOPE, bytes("x")).await().indefinitely();
        assertThat(sealer.open(SCOPE, newer).await().indefinitely()).isEqualTo(bytes("x"));
    }

    @Test
    void aBrokenNewFileChangesNothing() throws Exception {
        Sealed sealed = sealer.seal(SCOPE, bytes("x")).await().indefinitely();
        for (String broken : List.of("", "nonsense", FIRST + "x")) {
            KeyFiles.write(file, broken);
            keys.refresh();
            assertThat(sealer.open(SCOPE, sealed).await().indefinitely()).isEqualTo(bytes("x"));
        }
        Files.delete(file);
        keys.refresh();
        assertThat(sealer.seal(SCOPE, bytes("y")).await().indefinitely().keyId())
                .isEqualTo("first");
    }

    @Test
    void oneBadSecretDoesNotHideTheOthers() {
        Sealed good = sealer.seal(SCOPE, bytes("good")).await().indefinitely();
        Scope foreign = new Scope("other", SCOPE.connection(), SCOPE.purpose());
        String text = good.text();
        List<Attempt<String>> attempts = sealer.openTexts(List.of(
                        new Stored(SCOPE, text),
                        new Stored(foreign, text),
                        new Stored(SCOPE, text.replace("s1.file", "s1.vault")),
                        new Stored(SCOPE, "in the clear"),
                        new Stored(SCOPE, text)))
                .await()
                .indefinitely();
        assertThat(attempts).extracting(Attempt::succeeded).containsExactly(true, false, false, false, true);
        assertThat(attempts.get(4).value()).isEqualTo("good");
        assertThat(sealer.openAll(List.of()).await().indefinitely()).isEmpty();
    }

    @Test
    void nothingOfASecretIsInAnyText() {
        Sealed sealed = sealer.seal(SCOPE, bytes("plain-canary")).await().indefinitely();
        List<Attempt<String>> opened = sealer.openTexts(List.of(new Stored(SCOPE, sealed.text())))
                .await()
                .indefinitely();
        String shown = sealed + " " + new Locked(SCOPE, sealed) + " " + new Stored(SCOPE, sealed.text()) + " " + opened;
        assertThat(shown)
                .doesNotContain("plain-canary")
                .doesNotContain(sealed.wrapped())
                .doesNotContain(sealed.content());
    }

    @Test
    void aSecretHasABound() {
        assertThatThrownBy(() -> sealer.seal(SCOPE, new byte[Sealer.MAX_PLAIN + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
