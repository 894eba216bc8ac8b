package dev.afluente.connections.asked;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** Tenant first, as in every key of every table. A class and not a record because the mapping wants an empty constructor. */
public class AskedRunKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private String tenantId;
    private UUID connectionId;

    /** For the mapping. */
    AskedRunKey() {}

    AskedRunKey(String tenantId, UUID connectionId) {
        this.tenantId = tenantId;
        this.connectionId = connectionId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AskedRunKey key
                && connectionId.equals(key.connectionId)
                && tenantId.equals(key.tenantId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, connectionId);
    }
}
