package dev.afluente.connections.asked;

import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.connections.provider.UserNeed;

/**
 * What a told state means for a waiting run. Pure, and the only place that decides it: notifications, checks, commands
 * and retries all come through here. A state that does not concern the run's own refresh means nothing.
 */
final class Judgement {
    private Judgement() {}

    static Verdict of(Standing run, LinkState told) {
        if (!run.concerns(told)) {
            return new Verdict.Wait();
        }
        return switch (told.status()) {
            case UPDATING, WAITING_USER_INPUT, WAITING_USER_ACTION ->
                run.phase() == Phase.READING ? new Verdict.Wait() : new Verdict.Reading();
            case UPDATED -> new Verdict.Release();
            case LOGIN_ERROR -> refused(told);
            case OUTDATED, ERROR -> failed(run, told);
            case UNKNOWN -> new Verdict.Wait();
        };
    }

    /** Why a run ends when the provider could not read the bank and will not be asked again. */
    static Verdict.Abandon givenUp(LinkState told) {
        return Verdict.Abandon.failed(told.status() == Status.OUTDATED ? "bank_unavailable" : "provider_failed");
    }

    /** Why a run ends for which only the person can do something. */
    static Verdict.Abandon needsUser(UserNeed.Kind kind) {
        return Verdict.Abandon.needsUser(
                switch (kind) {
                    case LOGIN -> "login_required";
                    case MFA -> "mfa_expired";
                    case CONSENT -> "consent_required";
                    case ACTION -> "action_required";
                });
    }

    private static Verdict refused(LinkState told) {
        return needsUser(told.need() == null ? UserNeed.Kind.LOGIN : told.need().kind());
    }

    private static Verdict failed(Standing run, LinkState told) {
        if (told.need() != null) {
            return needsUser(told.need().kind());
        }
        return run.mayRefresh() ? new Verdict.Retry(run.refreshes()) : givenUp(told);
    }
}
