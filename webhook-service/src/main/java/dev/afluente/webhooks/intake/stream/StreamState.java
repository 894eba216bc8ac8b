package dev.afluente.webhooks.intake.stream;

/** Whether Kafka can take a record now, and if not, why. The keys appear in the log and in the health document. */
public enum StreamState {
    READY,
    STARTING,
    BROKER_UNREACHABLE,
    TOPIC_MISSING,
    TOO_FEW_REPLICAS,
    /** The topic would let a record count as kept with fewer copies than {@link StreamConfig#minReplicas()}. */
    MIN_INSYNC_TOO_LOW,
    DELIVERIES_FAILING;

    private final String key = name().toLowerCase(java.util.Locale.ROOT);

    /** A stable key in snake case. */
    public String key() {
        return key;
    }
}
