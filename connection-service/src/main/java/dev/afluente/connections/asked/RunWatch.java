package dev.afluente.connections.asked;

import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener;
import dev.afluente.connections.provider.LinkState;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Carries out what a told state means for the run that waits, in the transaction in which the state is taken in. */
@Singleton
public class RunWatch implements ConnectionListener {
    private final AskedRuns runs;

    RunWatch(AskedRuns runs) {
        this.runs = runs;
    }

    @Override
    public Uni<Void> told(Connection connection, LinkState state, Moment moment) {
        return runs.waiting(connection)
                .chain(run -> run == null
                        ? Uni.createFrom().voidItem()
                        : carryOut(Judgement.of(run.standing(), state), run, state, moment));
    }

    /** Judges by the state that is known already: after the run itself has moved on. */
    public Uni<Void> look(Connection connection, Moment moment) {
        return told(connection, connection.state(), moment);
    }

    @Override
    public Uni<Void> removed(Connection connection, Moment moment) {
        return runs.waiting(connection)
                .chain(run -> run == null ? Uni.createFrom().voidItem() : runs.fail(run, "connection_removed", moment));
    }

    private Uni<Void> carryOut(Verdict verdict, AskedRun run, LinkState state, Moment moment) {
        if (verdict instanceof Verdict.Reading) {
            return runs.reading(run, state, moment);
        }
        if (verdict instanceof Verdict.Release) {
            return runs.release(run, moment);
        }
        if (verdict instanceof Verdict.Retry retry) {
            return runs.retry(run, retry.number(), state, moment);
        }
        return verdict instanceof Verdict.Abandon how
                ? runs.abandon(run, how, moment)
                : Uni.createFrom().voidItem();
    }
}
