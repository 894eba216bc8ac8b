package dev.afluente.sync.source;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A source that does not give up at the first stumble. Asked to wait, it waits as long as it is told and goes on where
 * it was, so that a large account needs no second start; not answered, it asks {@value #TRIES} times in all. Only reads
 * pass through here, so asking again is always safe. No thread waits.
 */
final class RetryingSource implements Source {
    private static final int TRIES = 4;
    private static final int MAX_WAITS = 100;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final Source source;

    RetryingSource(Source source) {
        this.source = source;
    }

    @Override
    public String provider() {
        return source.provider();
    }

    @Override
    public Change interpret(String kind, byte[] body) {
        return source.interpret(kind, body);
    }

    @Override
    public Uni<Readiness> readiness(String linkId) {
        return persist(() -> source.readiness(linkId));
    }

    @Override
    public Uni<List<SourceAccount>> accounts(String linkId) {
        return persist(() -> source.accounts(linkId));
    }

    @Override
    public Uni<SourcePage> page(SourceAccount account, Window window, String cursor) {
        return persist(() -> source.page(account, window, cursor));
    }

    @Override
    public Uni<SourcePage> named(SourceAccount account, List<String> ids) {
        return persist(() -> source.named(account, ids));
    }

    private static <T> Uni<T> persist(Supplier<Uni<T>> request) {
        return waiting(request, MAX_WAITS);
    }

    private static <T> Uni<T> waiting(Supplier<Uni<T>> request, int waitsLeft) {
        return asking(request)
                .onFailure(SourceFailure.RateLimited.class)
                .recoverWithUni(failure -> waitsLeft == 0
                        ? Uni.createFrom().failure(failure)
                        : pause(failure).chain(() -> waiting(request, waitsLeft - 1)));
    }

    private static <T> Uni<T> asking(Supplier<Uni<T>> request) {
        return Uni.createFrom()
                .deferred(request::get)
                .onFailure(SourceFailure.Unavailable.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(TRIES - 1);
    }

    private static Uni<Void> pause(SourceFailure.RateLimited limited) {
        Duration wait = limited.waiting().compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : limited.waiting();
        return Uni.createFrom().voidItem().onItem().delayIt().by(wait);
    }
}
