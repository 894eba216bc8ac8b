package dev.afluente.sync.source;

import java.time.Instant;
import java.util.List;

/** What a provider's notification says has changed. A hint for what to read, never data. */
public sealed interface Change {
    /** Nothing that this service reads. */
    record Nothing() implements Change {}

    /** The provider has finished a collection at the institution. */
    record Collected() implements Change {}

    /** Anything may have changed, in a way the notification does not tell. */
    record Anything() implements Change {}

    /** Something may have changed and was not told: what is known of the last collection decides. */
    record Missed() implements Change {}

    /** Rows of one account were taken in at or after an instant. */
    record TakenIn(String account, Instant since) implements Change {}

    /** The named rows of one account were changed or removed. */
    record Touched(String account, List<String> ids) implements Change {}
}
