package dev.afluente.connections.connection;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** Tenant first, as in every key of every table. A class and not a record because the mapping wants an empty constructor. */
public class ConnectionKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private String tenantId;
    private UUID id;

    /** For the mapping. */
    ConnectionKey() {}

    ConnectionKey(String tenantId, UUID id) {
        this.tenantId = tenantId;
        this.id = id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionKey key && id.equals(key.id) && tenantId.equals(key.tenantId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, id);
    }
}
