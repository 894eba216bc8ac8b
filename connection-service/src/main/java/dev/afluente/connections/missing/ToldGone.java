package dev.afluente.connections.missing;

import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.task.Task;
import dev.afluente.connections.task.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes in that the provider itself announced the end of a link. Two words of the provider, its notification and its
 * answer, need no witness: the connection is removed at once. A link that is still there was not meant.
 */
@Singleton
public class ToldGone implements TaskHandler {
    /** The kind of these tasks. */
    public static final String KIND = "TOLD_GONE";

    private static final Duration AWAY = Duration.ofSeconds(10);

    private final Answers answers;
    private final Clock clock;

    ToldGone(Answers answers, Clock clock) {
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> handle(Task task) {
        return answers.ask(task, connection -> answers.gone(task));
    }

    @Override
    public Uni<Void> refused(Task task, ProviderFailure failure) {
        Instant again = failure instanceof ProviderFailure.RateLimited limit
                ? limit.until()
                : clock.instant().plus(AWAY);
        return answers.later(task, again);
    }
}
