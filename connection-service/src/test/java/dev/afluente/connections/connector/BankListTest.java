package dev.afluente.connections.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.connections.provider.Bank;
import dev.afluente.connections.support.MutableClock;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BankListTest {
    private static final Duration AGE = Duration.ofMinutes(10);

    private final MutableClock clock = new MutableClock();
    private int asked;
    private Supplier<Uni<List<Bank>>> provider = () -> Uni.createFrom().item(List.of(bank("first")));
    private final BankList list = new BankList(
            () -> {
                asked++;
                return provider.get();
            },
            AGE,
            clock);

    @Test
    void isReadOnceWithinItsAge() {
        banks();
        clock.pass(AGE.minusMillis(1));
        banks();
        assertThat(asked).isEqualTo(1);

        clock.pass(Duration.ofMillis(1));
        provider = () -> Uni.createFrom().item(List.of(bank("second")));

        assertThat(banks()).extracting(Bank::name).containsExactly("second");
    }

    @Test
    void isReadOnceForManyAndForTheRestWhenTheFirstLeaves() {
        List<UniEmitter<? super List<Bank>>> answers = new ArrayList<>();
        provider = () -> Uni.createFrom().emitter(answers::add);
        List<UniAssertSubscriber<List<Bank>>> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            callers.add(list.banks().subscribe().withSubscriber(UniAssertSubscriber.create()));
        }
        callers.get(0).cancel();

        answers.get(0).complete(List.of(bank("only")));

        callers.stream().skip(1).forEach(UniAssertSubscriber::assertCompleted);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void isServedAsItWasWhileTheProviderIsAwayAndLeavesItAlone() {
        banks();
        clock.pass(AGE);
        provider = () -> Uni.createFrom().failure(new IllegalStateException("away"));

        assertThat(banks()).extracting(Bank::name).containsExactly("first");
        assertThat(banks()).extracting(Bank::name).containsExactly("first");
        assertThat(asked).isEqualTo(2);

        clock.pass(BankList.PAUSE);
        provider = () -> Uni.createFrom().item(List.of(bank("back")));
        assertThat(banks()).extracting(Bank::name).containsExactly("back");
    }

    @Test
    void failsWhileThereNeverWasOneAndAsksAnew() {
        provider = () -> Uni.createFrom().failure(new IllegalStateException("away"));
        assertThatThrownBy(this::banks).hasMessageContaining("away");

        provider = () -> Uni.createFrom().item(List.of());
        assertThat(banks()).isEmpty();
        assertThat(asked).isEqualTo(2);
    }

    private List<Bank> banks() {
        return list.banks().await().atMost(Duration.ofSeconds(5));
    }

    static Bank bank(String name) {
        return new Bank("1", name, null, null, "PERSONAL_BANK", List.of(), false, false, true, Bank.Health.ONLINE);
    }
}
