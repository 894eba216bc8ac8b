package dev.afluente.connections.task;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Something to do for a connection, as it was taken: whoever took it holds it until {@link #dueAt}. */
@Entity
@Table(name = "tasks")
@IdClass(TaskKey.class)
public class Task {
    @Id
    String tenantId;

    @Id
    UUID connectionId;

    @Id
    String kind;

    /** When to do it; also the claim of whoever is doing it. */
    Instant dueAt;

    /** How often it has been taken without coming to an end, this time included. */
    int attempts;

    String traceparent;

    /** Returns the tenant of the connection. */
    public String tenantId() {
        return tenantId;
    }

    /** Returns the connection it is about. */
    public UUID connectionId() {
        return connectionId;
    }

    /** Returns how often it has been taken without coming to an end, from 1. */
    public int attempts() {
        return attempts;
    }

    /** Returns the W3C trace of what made it due. */
    public String traceparent() {
        return traceparent;
    }
}
