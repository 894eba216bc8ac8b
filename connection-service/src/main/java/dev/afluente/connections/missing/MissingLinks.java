package dev.afluente.connections.missing;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.missing.Witnesses.Verdict;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.task.Task;
import dev.afluente.connections.task.TaskHandler;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Finds out whether a link that the provider does not know is really gone, before its connection is removed: the provider
 * has to say so twice, {@link MissingConfig#pause} apart, and to know another link of the same time; where there is no
 * other, it has to say so for {@link MissingConfig#alone}. With keys of another application nothing is removed, however
 * long it lasts: it is asked again, ever more rarely, and told in the log and in health.
 */
@Singleton
class MissingLinks implements TaskHandler {
    static final String KIND = "MISSING";

    private static final Logger LOG = Logger.getLogger(MissingLinks.class);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 16;

    private final Answers answers;
    private final Witnesses witnesses;
    private final MissingConfig config;
    private final Clock clock;

    MissingLinks(Answers answers, Witnesses witnesses, MissingConfig config, Clock clock) {
        this.answers = answers;
        this.witnesses = witnesses;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> handle(Task task) {
        return answers.ask(
                task, connection -> witnesses.about(connection).chain(verdict -> decide(task, connection, verdict)));
    }

    @Override
    public Uni<Void> refused(Task task, ProviderFailure failure) {
        Instant again = failure instanceof ProviderFailure.RateLimited limit
                ? limit.until()
                : clock.instant().plus(AWAY);
        return answers.later(task, again);
    }

    private Uni<Void> decide(Task task, Connection connection, Verdict verdict) {
        Instant now = clock.instant();
        if (verdict == Verdict.OTHER_KEYS) {
            LOG.warnf(
                    "The provider knows none of the links it should, nothing is removed: are these its keys? provider=%s",
                    connection.provider());
            return later(task);
        }
        boolean longEnough = verdict == Verdict.SAME_KEYS
                || (connection.missingSince() != null
                        && !now.isBefore(connection.missingSince().plus(config.alone())));
        return longEnough ? answers.gone(task) : later(task);
    }

    private Uni<Void> later(Task task) {
        int doublings = Math.min(Math.max(0, task.attempts() - 1), MOST_DOUBLINGS);
        Duration pause = config.pause().multipliedBy(1L << doublings);
        return answers.later(task, clock.instant().plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause));
    }
}
