package dev.afluente.connections.refresh;

import dev.afluente.connections.asked.AskedRun;
import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.asked.AskedRun.Trigger;
import dev.afluente.connections.asked.AskedRuns;
import dev.afluente.connections.asked.RunWatch;
import dev.afluente.connections.check.CheckPause;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.connection.States;
import dev.afluente.connections.provider.LinkState;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/** Moves a run on when a provider took what it was asked or told. Runs in a transaction that holds the connection's row. */
@Singleton
public class RunProgress {
    private final AskedRuns runs;
    private final RunWatch watch;
    private final States states;

    RunProgress(AskedRuns runs, RunWatch watch, States states) {
        this.runs = runs;
        this.watch = watch;
        this.states = states;
    }

    /** Returns this very run if it still waits, otherwise null. */
    Uni<AskedRun> waiting(Connection connection, UUID runId) {
        return runs.waiting(connection).map(run -> run != null && run.runId().equals(runId) ? run : null);
    }

    /** @param run null when there is none to move on */
    Uni<Void> accepted(Connection connection, AskedRun run, LinkState answered, Instant askedAt, Moment moment) {
        if (run != null) {
            run.asked();
        }
        return states.take(connection, answered, askedAt, moment)
                // The end may have been heard before this answer was written down; then it is judged now.
                .chain(() -> watch.look(connection, moment))
                .chain(() -> run != null && run.phase() == Phase.ASKED
                        ? runs.lookAfter(run, CheckPause.whilePassing(1, moment.now()), moment)
                        : Uni.createFrom().voidItem());
    }

    /**
     * The provider reads the bank because of what a person gave it; whoever waits for that goes on, and if nobody did,
     * a run begins.
     *
     * @param known the run the person was told of; null when there was none
     * @return the run under which the end will be found
     */
    public Uni<UUID> goesOn(Connection connection, UUID known, Trigger otherwise, Moment moment) {
        return runs.last(connection).chain(last -> {
            if (last != null && (last.waits() || last.runId().equals(known))) {
                if (last.waits()) {
                    last.asked();
                }
                return watch.look(connection, moment)
                        .chain(() -> last.phase() == Phase.ASKED
                                ? runs.lookAfter(last, CheckPause.whilePassing(1, moment.now()), moment)
                                : Uni.createFrom().voidItem())
                        .replaceWith(last.runId());
            }
            return runs.begin(connection, otherwise, Phase.READING, CheckPause.whilePassing(1, moment.now()), moment)
                    .call(() -> watch.look(connection, moment))
                    .map(AskedRun::runId);
        });
    }
}
