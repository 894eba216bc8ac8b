package dev.afluente.connections.check;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A question to a provider that is due: how is this connection? */
@Entity
@Table(name = "state_checks")
public class StateCheck {
    String tenantId;

    // Unique by itself; the table's key leads with the tenant all the same.
    @Id
    UUID connectionId;

    /** When to ask; also the claim of whoever is asking. */
    Instant dueAt;

    /** How often it has been asked without coming to an end. */
    int attempts;

    String traceparent;
}
