package dev.afluente.connections.refresh;

import dev.afluente.connections.asked.AskedRun;
import dev.afluente.connections.asked.AskedRuns;
import dev.afluente.connections.asked.RunConfig;
import dev.afluente.connections.check.CheckPause;
import dev.afluente.connections.check.StateCheck;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.connection.ConnectionListener.Moment;
import dev.afluente.connections.missing.Suspicion;
import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.connections.provider.ProviderFailure;
import dev.afluente.connections.provider.ProviderFailure.Busy;
import dev.afluente.connections.provider.ProviderFailure.Gone;
import dev.afluente.connections.provider.ProviderFailure.Invalid;
import dev.afluente.connections.provider.ProviderFailure.NeedsUser;
import dev.afluente.connections.provider.ProviderFailure.RateLimited;
import dev.afluente.connections.provider.ProviderFailure.Rejected;
import dev.afluente.connections.provider.ProviderFailure.TooSoon;
import dev.afluente.connections.provider.ProviderFailure.Unavailable;
import dev.afluente.connections.provider.UserNeed;
import dev.afluente.connections.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * What a refused refresh means for the run that wanted it. A run that may not have the bank read still reads what the
 * provider has. Runs in a transaction that holds the connection's row.
 */
@Singleton
class Refusals {
    /** Why it is too soon when the limit is on us and not on this bank. */
    static final String RATE_LIMITED = "rate_limited";

    private final AskedRuns runs;
    private final Tasks tasks;
    private final Suspicion suspicion;
    private final RunConfig config;

    Refusals(AskedRuns runs, Tasks tasks, Suspicion suspicion, RunConfig config) {
        this.runs = runs;
        this.tasks = tasks;
        this.suspicion = suspicion;
        this.config = config;
    }

    /** What a refusal means to the caller. */
    static Outcome meaning(ProviderFailure failure) {
        if (failure instanceof Busy) {
            return new Outcome.Joined();
        }
        if (failure instanceof TooSoon soon) {
            return new Outcome.TooSoon(soon.retryAt(), soon.why());
        }
        if (failure instanceof RateLimited limit) {
            return new Outcome.TooSoon(limit.until(), RATE_LIMITED);
        }
        return failure instanceof Invalid || failure instanceof NeedsUser
                ? new Outcome.NoLogin()
                : new Outcome.Failed(failure);
    }

    Uni<Outcome> takeIn(Connection connection, AskedRun run, ProviderFailure failure, boolean attended, Moment moment) {
        if (failure instanceof NeedsUser asked && asked.need().question() != null && attended) {
            return token(run, asked.need(), moment);
        }
        return concluded(connection, run, failure, attended, moment).replaceWith(meaning(failure));
    }

    private Uni<Outcome> token(AskedRun run, UserNeed need, Moment moment) {
        Instant until = need.expiresAt() == null ? moment.now().plus(config.tokenWindow()) : need.expiresAt();
        run.wantsToken(need.question(), until);
        return runs.lookAfter(run, until, moment).replaceWith(new Outcome.Token(need.question(), until));
    }

    private Uni<Void> concluded(
            Connection connection, AskedRun run, ProviderFailure failure, boolean attended, Moment moment) {
        if (failure instanceof Busy) {
            run.asked();
            return tasks.due(run.tenantId(), run.connectionId(), StateCheck.KIND, moment.now(), moment.traceparent())
                    .chain(() -> runs.lookAfter(run, CheckPause.whilePassing(1, moment.now()), moment));
        }
        if (failure instanceof TooSoon || (failure instanceof RateLimited && attended)) {
            return triedBefore(connection, run)
                    ? runs.giveUp(run, connection.state(), moment)
                    : runs.release(run, moment);
        }
        if (failure instanceof NeedsUser) {
            return runs.needsUser(run, "mfa_required", moment);
        }
        if (failure instanceof Invalid) {
            return runs.needsUser(run, "login_required", moment);
        }
        if (failure instanceof Gone) {
            return suspicion.of(connection, moment).chain(() -> runs.fail(run, "link_unknown", moment));
        }
        if (failure instanceof Rejected) {
            return runs.fail(run, "provider_rejected", moment);
        }
        return attended
                ? runs.fail(run, "provider_unavailable", moment)
                : runs.lookAfter(run, later(failure, moment.now()), moment);
    }

    /** What the provider has is what the bank's failure left there: reading it would pass for a success. */
    private static boolean triedBefore(Connection connection, AskedRun run) {
        Status status = connection.state().status();
        return run.isRetried() && (status == Status.OUTDATED || status == Status.ERROR);
    }

    private static Instant later(ProviderFailure failure, Instant now) {
        if (failure instanceof Unavailable away && away.retryAt().isAfter(now)) {
            return away.retryAt();
        }
        return CheckPause.after(failure, 1, now);
    }
}
