package dev.afluente.connections.task;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** Tenant first, as in every key of every table. A class and not a record because the mapping wants an empty constructor. */
public class TaskKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private String tenantId;
    private UUID connectionId;
    private String kind;

    /** For the mapping. */
    TaskKey() {}

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskKey key
                && connectionId.equals(key.connectionId)
                && kind.equals(key.kind)
                && tenantId.equals(key.tenantId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, connectionId, kind);
    }
}
