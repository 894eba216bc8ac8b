package dev.afluente.webhooks.signature;

import java.time.Instant;

/**
 * One independent proof that a delivery is genuine. Implementations are immutable, safe on any thread, never block, and never
 * throw for anything a sender can put into a request.
 */
@FunctionalInterface
public interface Layer {
    Verdict check(Delivery delivery, Instant now);
}
