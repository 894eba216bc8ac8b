package dev.afluente.connections.schedule;

import dev.afluente.connections.provider.LinkState;
import java.time.Instant;

/** What the automatic sync does with a connection. Pure. */
enum AutomaticStep {
    /** Read what the provider has. */
    READ,
    /** The provider did not get through to the bank: have it try again. */
    REFRESH,
    /** Something is under way already. */
    SKIP,
    /** It cannot succeed before the person has acted; the state that shows so brings the connection back. */
    STOP;

    /** @param runWaits whether a run of this connection waits for the provider */
    static AutomaticStep of(LinkState state, boolean runWaits, Instant now) {
        if (state.status().passing() || runWaits) {
            return SKIP;
        }
        if (!canSucceed(state, now)) {
            return STOP;
        }
        return switch (state.status()) {
            case OUTDATED, ERROR -> REFRESH;
            default -> READ;
        };
    }

    /** Tells whether there is anything to be had without the person, from a state that is not bound to pass. */
    static boolean canSucceed(LinkState state, Instant now) {
        return state.status() != LinkState.Status.LOGIN_ERROR && state.need() == null && !state.lacksConsent(now);
    }
}
