package dev.afluente.connections.provider.pluggy.subscription;

import dev.afluente.connections.database.Database;
import dev.afluente.connections.database.Statements;
import dev.afluente.model.pluggy.PluggyPages.Webhook;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/** What was last sent, for all instances together; one row per webhook, each method one transaction. */
@Singleton
class SentSecrets {
    private static final String OF = """
            SELECT fingerprint, started_at, webhook_id, updated_at FROM sent_secrets
            WHERE tenant_id = '*' AND url = :url AND event = :event""";

    private static final String SENDING = """
            INSERT INTO sent_secrets AS s (tenant_id, url, event, fingerprint, started_at, sent_at)
            VALUES ('*', :url, :event, :fingerprint, :started, now())
            ON CONFLICT (tenant_id, url, event) DO UPDATE
            SET fingerprint = EXCLUDED.fingerprint, started_at = EXCLUDED.started_at, sent_at = EXCLUDED.sent_at,
                webhook_id = NULL, updated_at = NULL
            WHERE s.fingerprint = EXCLUDED.fingerprint OR s.started_at <= EXCLUDED.started_at""";

    private static final String ANSWERED = """
            UPDATE sent_secrets SET webhook_id = :id, updated_at = nullif(:updated, to_timestamp(0))
            WHERE tenant_id = '*' AND url = :url AND event = :event AND fingerprint = :fingerprint""";

    private final Database database;

    SentSecrets(Database database) {
        this.database = database;
    }

    /** Returns what was last sent; null when nothing was. */
    Uni<SentSecret> of(Subscription wanted) {
        return database.ofAllTenants(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(OF, Object[].class)
                        .setParameter("url", wanted.url())
                        .setParameter("event", wanted.event())
                        .getSingleResultOrNull())
                .map(row -> row == null
                        ? null
                        : new SentSecret((String) row[0], instant(row[1]), (String) row[2], instant(row[3]))));
    }

    /**
     * Takes in what is about to be sent, before it is: whoever dies in between has it sent again.
     *
     * @return false when somebody who started later sends something else: then it must not be sent
     */
    Uni<Boolean> sending(Subscription wanted, String fingerprint, Instant started) {
        Map<String, Object> values = named(wanted, fingerprint);
        values.put("started", started);
        return run(SENDING, values).map(rows -> rows == 1);
    }

    /** Takes in what Pluggy answered. */
    Uni<Void> answered(Subscription wanted, String fingerprint, Webhook webhook) {
        Map<String, Object> values = named(wanted, fingerprint);
        values.put("id", webhook.id());
        values.put("updated", webhook.updatedAt() == null ? Instant.EPOCH : SentSecret.stored(webhook.updatedAt()));
        return run(ANSWERED, values).replaceWithVoid();
    }

    private static Map<String, Object> named(Subscription wanted, String fingerprint) {
        return new HashMap<>(Map.of("url", wanted.url(), "event", wanted.event(), "fingerprint", fingerprint));
    }

    private Uni<Integer> run(String sql, Map<String, Object> values) {
        return database.ofAllTenants(() -> Statements.write(sql, values));
    }

    private static Instant instant(Object time) {
        return time == null ? null : ((OffsetDateTime) time).toInstant();
    }
}
