package dev.afluente.sync.source;

import java.time.Instant;

/** Whether a link's data can be read now. */
public sealed interface Readiness {
    /**
     * Data is there.
     *
     * @param asOf the provider's own instant up to which it has collected; null when it does not say
     * @param collectedAt when it last collected anything at all, which may be later than {@code asOf}; null when it does
     *     not say
     * @param complete false when the provider could not collect every product
     */
    record Ready(Instant asOf, Instant collectedAt, boolean complete) implements Readiness {}

    /** The provider is collecting: come again later. */
    record InProgress() implements Readiness {}
}
