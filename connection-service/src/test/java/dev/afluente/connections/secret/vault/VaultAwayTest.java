package dev.afluente.connections.secret.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealed;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.Sealer.Locked;
import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.secret.envelope.EnvelopeSealer;
import dev.afluente.connections.secret.envelope.KeyWrapper;
import dev.afluente.embedded.fault.Fault;
import dev.afluente.embedded.fault.FaultyLink;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fault matrix's cells of Vault: every call answered in time, what is kept still opens, and all is well by itself. */
class VaultAwayTest {
    private static final Duration GRACE = Duration.ofMillis(100);
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final int CALLERS = 20;

    private final Scope scope = new Scope("acme", UUID.randomUUID(), "token");
    private VaultUnderTest vault;
    private FaultyLink link;
    private KeyWrapper keys;
    private Sealer sealer;
    private Sealed kept;

    /** The first failure of a JVM loads classes, which takes longer than the grace. */
    @BeforeAll
    static void warmUp() {
        VaultAwayTest first = new VaultAwayTest();
        first.start();
        first.link.become(new Fault.BlackHole());
        first.sealAtOnce();
        first.end();
    }

    @BeforeEach
    void start() {
        vault = new VaultUnderTest();
        link = FaultyLink.to(vault.base().getHost(), vault.base().getPort());
        keys = vault.keys(URI.create("http://127.0.0.1:" + link.port()));
        sealer = new EnvelopeSealer(keys, 100, Duration.ofMinutes(5));
        // The first call of a JVM may take longer than the deadline; how long one takes is asked below.
        kept = await().atMost(RECOVERY)
                .ignoreException(SecretsAwayException.class)
                .until(() -> wait(sealer.seal(scope, bytes("kept"))), Objects::nonNull);
        wait(sealer.open(scope, kept));
    }

    @AfterEach
    void end() {
        link.close();
        vault.close();
    }

    static Stream<Fault> fatal() {
        return Stream.of(
                new Fault.Latency(Duration.ofSeconds(4)),
                new Fault.Reset(),
                new Fault.BlackHole(),
                new Fault.SlowClose(Duration.ofMillis(700)),
                new Fault.Trickle(20),
                new Fault.CutAfter(0));
    }

    static Stream<Fault> bearable() {
        return Stream.of(new Fault.Latency(Duration.ofMillis(50)), new Fault.Trickle(1_000), new Fault.None());
    }

    @ParameterizedTest
    @MethodSource("fatal")
    void everyCallIsAnsweredInTimeAndAllIsWellAfterwards(Fault fault) {
        link.become(fault);
        CompletableFuture<Duration> bareTimer = timer();
        List<Duration> took = sealAtOnce();
        Duration worst = took.stream().max(Duration::compareTo).orElseThrow();
        // how late a timer is that does nothing else is this machine's doing, and not the service's
        assertThat(worst).isLessThanOrEqualTo(bareTimer.join().plus(GRACE));

        // reads degrade: what was open a moment ago opens, the rest is told row by row
        List<Attempt<byte[]>> page = wait(sealer.openAll(
                List.of(new Locked(scope, kept), new Locked(new Scope("other", scope.connection(), "token"), kept))));
        assertThat(page.get(0).value()).isEqualTo(bytes("kept"));
        assertThat(page.get(1).failure()).isInstanceOf(SecretsAwayException.class);

        link.heal();
        recovers(fault, worst);
    }

    @ParameterizedTest
    @MethodSource("bearable")
    void whatIsOnlySlowIsNoOutage(Fault fault) {
        link.become(fault);
        Sealed sealed = wait(sealer.seal(scope, bytes("slow")));
        assertThat(wait(sealer.open(scope, sealed))).isEqualTo(bytes("slow"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 429, 500, 502, 503})
    void anAnswerThatIsNoneIsAnOutage(int status) {
        Assumptions.assumeFalse(VaultUnderTest.real());
        vault.standIn().answer(status);
        List<Duration> took = sealAtOnce();
        vault.standIn().answer(200);
        recovers(new Fault.None(), took.stream().max(Duration::compareTo).orElseThrow());
    }

    private static CompletableFuture<Duration> timer() {
        long began = System.nanoTime();
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(VaultUnderTest.DEADLINE)
                .map(done -> Duration.ofNanos(System.nanoTime() - began))
                .subscribeAsCompletionStage();
    }

    /** Seals at once; every call must fail, and as an outage. */
    private List<Duration> sealAtOnce() {
        List<CompletableFuture<Duration>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            long began = System.nanoTime();
            calls.add(sealer.seal(scope, bytes("x"))
                    .onItemOrFailure()
                    .transform((done, failure) -> {
                        assertThat(failure).isInstanceOf(SecretsAwayException.class);
                        assertThat(failure.getCause()).isNull();
                        return Duration.ofNanos(System.nanoTime() - began);
                    })
                    .subscribeAsCompletionStage());
        }
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private void recovers(Fault fault, Duration worst) {
        long healed = System.nanoTime();
        await().atMost(RECOVERY).ignoreExceptions().untilAsserted(() -> {
            assertThat(wait(sealer.seal(scope, bytes("again")))).isNotNull();
            wait(keys.check());
        });
        System.out.printf(
                "%s: worst answer %d ms, recovered after %d ms%n",
                fault,
                worst.toMillis(),
                Duration.ofNanos(System.nanoTime() - healed).toMillis());
    }

    private static <T> T wait(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
