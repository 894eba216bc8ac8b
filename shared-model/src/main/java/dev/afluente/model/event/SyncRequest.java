package dev.afluente.model.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * How connection-service asks sync-service for a run and goes on steering it. The run's id is made by whoever asks; all
 * three may come twice, and the later ones before the first. A run ends once, however often it is released or abandoned.
 */
public sealed interface SyncRequest extends BankingEvent {
    /** The run, under the id that its asker made (UUIDv7). */
    UUID runId();

    /**
     * A run is wanted.
     *
     * @param trigger what asked for it: {@code MANUAL}, {@code AUTOMATIC}, {@code MFA} or {@code SWEEPER}; an open enumeration
     * @param waits whether the provider was asked to read the bank first: the run then waits until it is released, by
     *     {@link Released} or by the provider's own notification; absent in JSON means false
     */
    record Requested(
            String tenantId,
            String userId,
            UUID connectionId,
            UUID runId,
            String trigger,
            boolean waits,
            Instant occurredAt,
            ConnectionEvent.Link link)
            implements SyncRequest {
        public Requested {
            requireNonNull(tenantId, "tenantId");
            requireNonNull(userId, "userId");
            requireNonNull(connectionId, "connectionId");
            requireNonNull(runId, "runId");
            requireNonNull(trigger, "trigger");
            requireNonNull(occurredAt, "occurredAt");
            requireNonNull(link, "link");
        }
    }

    /** The provider has finished with the bank: what it has can be read. */
    record Released(String tenantId, UUID connectionId, UUID runId, Instant occurredAt) implements SyncRequest {
        public Released {
            requireNonNull(tenantId, "tenantId");
            requireNonNull(connectionId, "connectionId");
            requireNonNull(runId, "runId");
            requireNonNull(occurredAt, "occurredAt");
        }
    }

    /**
     * The provider did not get to the data: the waiting run ends without reading. A run that no longer waits goes on.
     *
     * @param status how the run ends: {@code FAILED} or {@code NEEDS_USER}
     * @param reason a stable code that says why
     */
    record Abandoned(String tenantId, UUID connectionId, UUID runId, String status, String reason, Instant occurredAt)
            implements SyncRequest {
        public Abandoned {
            requireNonNull(tenantId, "tenantId");
            requireNonNull(connectionId, "connectionId");
            requireNonNull(runId, "runId");
            requireNonNull(status, "status");
            requireNonNull(reason, "reason");
            requireNonNull(occurredAt, "occurredAt");
        }
    }
}
