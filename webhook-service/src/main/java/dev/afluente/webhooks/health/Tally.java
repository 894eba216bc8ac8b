package dev.afluente.webhooks.health;

import dev.afluente.webhooks.intake.Admission;
import dev.afluente.webhooks.intake.Content;
import dev.afluente.webhooks.intake.Outcome;
import dev.afluente.webhooks.signature.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts what happens at the door. Every label comes from a fixed set, so that no sender can make the metrics grow. For any
 * thread, never waits.
 */
@Singleton
public class Tally {

    private final Map<Verdict, Counter> refusals = new EnumMap<>(Verdict.class);
    private final Map<Content.Reason, Counter> notEvents = new EnumMap<>(Content.Reason.class);
    private final Map<Outcome, Timer> answers = new EnumMap<>(Outcome.class);
    private final Kinds kinds;
    private final RefusalLog log = new RefusalLog();

    Tally(MeterRegistry registry, Admission admission) {
        for (Verdict verdict : Verdict.values()) {
            refusals.put(verdict, registry.counter("afluente.webhook.refused", "reason", verdict.key()));
        }
        for (Content.Reason reason : Content.Reason.values()) {
            notEvents.put(reason, registry.counter("afluente.webhook.dead_letters", "reason", reason.key()));
        }
        for (Outcome outcome : Outcome.values()) {
            answers.put(outcome, registry.timer("afluente.webhook.answers", "outcome", outcome.key()));
        }
        kinds = new Kinds(registry);
        registry.gauge("afluente.webhook.in_flight.bytes", admission, Admission::held);
    }

    /** Not genuine: told here and in the log, and nowhere else. */
    public void refused(Verdict verdict) {
        refusals.get(verdict).increment();
        log.refused(verdict);
    }

    public void notAnEvent(Content.Reason reason) {
        notEvents.get(reason).increment();
    }

    /** @param kind Pluggy's name; one that is not in its catalogue is counted as unknown */
    public void event(String kind) {
        kinds.count(kind);
    }

    /** @param nanos from the request's first line to the answer */
    public void answered(Outcome outcome, long nanos) {
        answers.get(outcome).record(nanos, TimeUnit.NANOSECONDS);
    }
}
