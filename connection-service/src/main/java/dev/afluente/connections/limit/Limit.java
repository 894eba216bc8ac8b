package dev.afluente.connections.limit;

/** What a person may not do at will, because it costs the provider, the bank, or somebody's patience. Names are stored. */
public enum Limit {
    /** Ask for what opens the provider's widget. */
    CONNECT_TOKEN,
    /** Have a bank read now. */
    MANUAL_SYNC,
    /** Answer a question of a bank: the bound on guessing. */
    MFA_ATTEMPT,
    /** Give new credentials: banks lock accounts after a few wrong ones. */
    CREDENTIALS,
    /** Ask the provider how a connection is. */
    STATUS_CHECK
}
