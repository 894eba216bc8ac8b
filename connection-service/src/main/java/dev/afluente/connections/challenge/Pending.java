package dev.afluente.connections.challenge;

import dev.afluente.connections.asked.AskedRun;
import dev.afluente.connections.asked.AskedRun.Phase;
import dev.afluente.connections.connection.ConnectionView.ActionView;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.UserNeed;
import dev.afluente.model.problem.ProblemCode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Instant;
import java.util.UUID;

/**
 * The question that waits for a person's answer.
 *
 * @param question null when the provider did not say what it asks
 * @param run the run that goes on after the answer; null when none was asked for
 * @param fresh whether it is a token for a reading that has not begun, and not an answer to one that has
 */
record Pending(UserNeed.Question question, UUID run, boolean fresh) {
    private static final String AGAIN = "Start again with POST .../sync";

    /**
     * Returns the question of a connection; fails with {@code no_pending_challenge} or {@code challenge_expired}, which
     * say what to do instead. Pure.
     *
     * @param waiting the run that waits; null when none does
     */
    static Pending of(LinkState state, AskedRun waiting, Instant now) {
        UserNeed need = state.need();
        if (state.status() == LinkState.Status.WAITING_USER_INPUT) {
            if (need != null && need.expiresAt() != null && !now.isBefore(need.expiresAt())) {
                throw ProblemCode.CHALLENGE_EXPIRED.because(AGAIN);
            }
            return new Pending(need == null ? null : need.question(), waiting == null ? null : waiting.runId(), false);
        }
        if (waiting != null && waiting.phase() == Phase.TOKEN) {
            if (!now.isBefore(waiting.expiresAt())) {
                throw ProblemCode.CHALLENGE_EXPIRED.because(AGAIN);
            }
            return new Pending(waiting.question(), waiting.runId(), true);
        }
        throw state.status() != LinkState.Status.UPDATING && need != null && need.kind() == UserNeed.Kind.MFA
                ? ProblemCode.CHALLENGE_EXPIRED.because(AGAIN)
                : nothing(state);
    }

    /** Says what else the person has to do, if there is anything. */
    static HttpProblem nothing(LinkState state) {
        HttpProblem.Builder problem = ProblemCode.NO_PENDING_CHALLENGE.builder();
        return state.status() == LinkState.Status.WAITING_USER_ACTION
                ? problem.withDetail("The bank waits for an act of the person and not for an answer")
                        .with("action_required", ActionView.of(state.need()))
                        .build()
                : problem.build();
    }
}
