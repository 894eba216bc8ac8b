package dev.afluente.connections.provider.pluggy.subscription;

/** How the webhook at Pluggy was when it was last looked at. */
enum SubscriptionState {
    /** Not to be kept by this deployment. */
    OFF,
    /** Nobody has been able to look yet. */
    UNKNOWN,
    /** There and delivering. */
    ACTIVE,
    /** Missing or disabled, and could not be put right. */
    BROKEN;

    boolean isWell() {
        return this == OFF || this == ACTIVE;
    }
}
