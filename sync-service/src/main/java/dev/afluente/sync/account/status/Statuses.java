package dev.afluente.sync.account.status;

import dev.afluente.model.http.Caller;
import dev.afluente.sync.account.status.StatusView.LastRun;
import dev.afluente.sync.account.status.StatusView.Product;
import dev.afluente.sync.account.status.StatusView.UnderWay;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.history.Reasons;
import dev.afluente.sync.http.Language;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How fresh a person's accounts are, by the database's clock, in one statement. */
@ApplicationScoped
public class Statuses {
    /**
     * A run that reached the account read its balance first; {@code reached} is the last one that did. What we read today
     * is as old as what the provider has: where it says how old that is, the older of the two counts. LEAST
     * passes over nulls: what was never read is stale whatever the watermark.
     */
    private static final String STATUS = """
            SELECT a.id, a.connection_id, a.read_at, a.watermark, coalesce(l.removed, false) AS removed,
                reached.started_at AS balance_at,
                least(coalesce(a.read_at, '-infinity'), a.watermark) < now() - make_interval(secs => $4)
                    AS transactions_stale,
                least(coalesce(reached.started_at, '-infinity'), a.watermark) < now() - make_interval(secs => $4)
                    AS balance_stale,
                ended.id AS ended_id, ended.status AS ended_status, coalesce(ended.own_reason, ended.reason) AS ended_reason,
                ended.finished_at AS ended_finished_at, ended.reason AS ended_run_reason,
                CASE WHEN tried.own = 'FAILED' AND tried.id = ended.id THEN 'FAILED' ELSE ended.own END AS ended_own,
                open.id AS open_id, open.status AS open_status,
                billed.started_at AS billed_at,
                least(coalesce(billed.started_at, '-infinity'), a.watermark) < now() - make_interval(secs => $4)
                    AS bills_stale,
                tried.id AS tried_id, tried.status AS tried_status, tried.reason AS tried_reason,
                tried.finished_at AS tried_finished_at
            FROM account a
            LEFT JOIN link l ON l.tenant_id = a.tenant_id AND l.connection_id = a.connection_id
            LEFT JOIN LATERAL (
                SELECT r.id, r.status, r.reason, r.finished_at, s.status AS own, s.reason AS own_reason FROM sync_run r
                LEFT JOIN sync_run_account s ON s.tenant_id = r.tenant_id AND s.run_id = r.id AND s.account_id = a.id
                    AND s.product = 'TRANSACTIONS'
                WHERE r.tenant_id = a.tenant_id AND r.user_id = a.user_id AND r.connection_id = a.connection_id
                  AND r.finished_at IS NOT NULL AND r.reason IS DISTINCT FROM 'superseded'
                ORDER BY r.id DESC LIMIT 1) ended ON true
            LEFT JOIN LATERAL (
                SELECT r.started_at FROM sync_run r
                JOIN sync_run_account s ON s.tenant_id = r.tenant_id AND s.run_id = r.id AND s.account_id = a.id
                    AND s.product = 'TRANSACTIONS'
                WHERE r.tenant_id = a.tenant_id AND r.user_id = a.user_id AND r.connection_id = a.connection_id
                ORDER BY r.id DESC LIMIT 1) reached ON true
            LEFT JOIN LATERAL (
                SELECT r.id, r.status FROM sync_run r
                WHERE r.tenant_id = a.tenant_id AND r.connection_id = a.connection_id
                  AND r.status IN ('WAITING_PROVIDER', 'QUEUED', 'RUNNING')
                ORDER BY r.status = 'RUNNING' DESC, r.id LIMIT 1) open ON true
            LEFT JOIN LATERAL (
                SELECT r.id, r.status, coalesce(s.reason, r.reason) AS reason, r.finished_at, s.status AS own
                FROM sync_run r JOIN sync_run_account s ON s.tenant_id = r.tenant_id AND s.run_id = r.id AND s.account_id = a.id
                    AND s.product = 'BILLS'
                WHERE a.type = 'CREDIT' AND r.tenant_id = a.tenant_id AND r.user_id = a.user_id
                  AND r.connection_id = a.connection_id AND r.finished_at IS NOT NULL
                ORDER BY r.id DESC LIMIT 1) tried ON true
            LEFT JOIN LATERAL (
                SELECT r.started_at FROM sync_run r
                JOIN sync_run_account s ON s.tenant_id = r.tenant_id AND s.run_id = r.id AND s.account_id = a.id
                    AND s.product = 'BILLS' AND s.status = 'SUCCEEDED'
                WHERE tried.id IS NOT NULL AND r.tenant_id = a.tenant_id AND r.user_id = a.user_id
                  AND r.connection_id = a.connection_id
                ORDER BY r.id DESC LIMIT 1) billed ON true
            WHERE a.tenant_id = $1 AND a.user_id = $2 AND a.id = $3""";

    private final Ledger ledger;
    private final Duration staleAfter;

    /** @param staleAfter {@code afluente.accounts.stale-after}: two automatic syncs and an hour */
    @Inject
    public Statuses(
            Ledger ledger,
            @ConfigProperty(name = "afluente.accounts.stale-after", defaultValue = "PT25H") Duration staleAfter) {
        this.ledger = ledger;
        this.staleAfter = staleAfter;
    }

    /** Returns an account's status; null when the user has none of that id. */
    Uni<StatusView> of(Caller caller, UUID account, Language language) {
        Tuple values = Tuple.of(caller.tenant(), caller.user(), account, staleAfter.toSeconds());
        return ledger.ofTenant(caller.tenant(), database -> database.preparedQuery(STATUS)
                        .execute(values))
                .map(rows -> rows.size() == 0 ? null : view(rows.iterator().next(), language));
    }

    private static StatusView view(Row row, Language language) {
        List<Product> products = products(row, language);
        boolean stale = products.stream().anyMatch(Product::stale);
        UUID open = row.getUUID("open_id");
        NextStep.Ended last = NextStep.Ended.of(
                row.getString("ended_status"), row.getString("ended_run_reason"), row.getString("ended_own"));
        NextStep next = NextStep.of(row.getBoolean("removed"), open != null, last, stale);
        return new StatusView(
                row.getUUID("id"),
                row.getUUID("connection_id"),
                stale,
                next.name(),
                next.advice(language),
                open == null ? null : new UnderWay(open, row.getString("open_status")),
                products);
    }

    private static List<Product> products(Row row, Language language) {
        LastRun ended = lastRun(row, "ended", language);
        List<Product> products = new ArrayList<>();
        products.add(new Product("BALANCE", instant(row, "balance_at"), null, row.getBoolean("balance_stale"), ended));
        products.add(new Product(
                "TRANSACTIONS",
                instant(row, "read_at"),
                instant(row, "watermark"),
                row.getBoolean("transactions_stale"),
                ended));
        LastRun tried = lastRun(row, "tried", language);
        if (tried != null) {
            products.add(new Product("BILLS", instant(row, "billed_at"), null, row.getBoolean("bills_stale"), tried));
        }
        return products;
    }

    private static LastRun lastRun(Row row, String which, Language language) {
        String reason = row.getString(which + "_reason");
        return row.getUUID(which + "_id") == null
                ? null
                : new LastRun(
                        row.getUUID(which + "_id"),
                        row.getString(which + "_status"),
                        reason,
                        Reasons.meaning(reason, language),
                        instant(row, which + "_finished_at"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
