package dev.afluente.connections.manual;

import dev.afluente.connections.asked.AskedRun;
import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.manual.SyncAnswer.Status;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.UserNeed;
import java.time.Instant;

/** What a request to sync comes to: from how the connection stands and from the last run. Pure. */
sealed interface NextStep {
    /** Ask the provider to read the bank. */
    record Refresh() implements NextStep {}

    /** That is being done, or has been while this request was on its way. */
    record Join(AskedRun run) implements NextStep {}

    /** The provider reads the bank of its own accord; a run waits for the end of that. */
    record Follow() implements NextStep {}

    /** The person has to do this while the provider waits. */
    record Ask(Status status, UserNeed need) implements NextStep {}

    /** The person has to give a fresh token, for a run that waits for it. */
    record Token(AskedRun run) implements NextStep {}

    /** The person has to connect the bank anew; only that ends the present state. */
    record Reconnect(Status status, UserNeed need) implements NextStep {}

    /**
     * @param last the last run asked for; null when there never was one
     * @param since when this request came in
     */
    static NextStep of(LinkState state, AskedRun last, Instant since, Instant now) {
        boolean waits = last != null && last.waits();
        if (state.status() == LinkState.Status.WAITING_USER_INPUT && !isOver(state.need(), now)) {
            return new Ask(Status.MFA_REQUIRED, state.need());
        }
        if (state.status() == LinkState.Status.WAITING_USER_ACTION && !isOver(state.need(), now)) {
            return new Ask(Status.ACTION_REQUIRED, state.need());
        }
        if (waits) {
            return last.phase() == Phase.TOKEN ? new Token(last) : new Join(last);
        }
        if (last != null && last.endedSince(since)) {
            return new Join(last);
        }
        return state.status() == LinkState.Status.UPDATING ? new Follow() : settled(state, now);
    }

    private static NextStep settled(LinkState state, Instant now) {
        if (state.lacksConsent(now)) {
            return new Reconnect(Status.CONSENT_REQUIRED, state.need());
        }
        boolean login = state.need() != null && state.need().kind() == UserNeed.Kind.LOGIN;
        return login || state.status() == LinkState.Status.LOGIN_ERROR
                ? new Reconnect(Status.CREDENTIALS_REQUIRED, state.need())
                : new Refresh();
    }

    private static boolean isOver(UserNeed need, Instant now) {
        return need != null && need.expiresAt() != null && !now.isBefore(need.expiresAt());
    }
}
