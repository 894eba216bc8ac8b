package dev.afluente.sync.account;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.SourceAccount;
import dev.afluente.sync.source.SourceAccount.Credit;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Brings a connection's accounts up to what the provider says. An account that did not change is not written. */
@ApplicationScoped
public class AccountMerge {
    private static final String UPSERT = """
            INSERT INTO account AS a (tenant_id, id, user_id, connection_id, provider_id, type, subtype, name, number,
                currency, balance, credit_limit, available_limit, minimum_payment, closing_day, due_day, brand)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (tenant_id, connection_id, provider_id) DO UPDATE
            SET type = EXCLUDED.type, subtype = EXCLUDED.subtype, name = EXCLUDED.name, number = EXCLUDED.number,
                currency = EXCLUDED.currency, balance = EXCLUDED.balance, credit_limit = EXCLUDED.credit_limit,
                available_limit = EXCLUDED.available_limit, minimum_payment = EXCLUDED.minimum_payment,
                closing_day = EXCLUDED.closing_day, due_day = EXCLUDED.due_day, brand = EXCLUDED.brand,
                updated_at = now()
            WHERE (a.type, a.subtype, a.name, a.number, a.currency, a.balance, a.credit_limit, a.available_limit,
                   a.minimum_payment, a.closing_day, a.due_day, a.brand)
                IS DISTINCT FROM (EXCLUDED.type, EXCLUDED.subtype, EXCLUDED.name, EXCLUDED.number, EXCLUDED.currency,
                   EXCLUDED.balance, EXCLUDED.credit_limit, EXCLUDED.available_limit, EXCLUDED.minimum_payment,
                   EXCLUDED.closing_day, EXCLUDED.due_day, EXCLUDED.brand)""";

    private static final String KNOWN = """
            SELECT id, provider_id, watermark, read_at, full_read_at,
                NOT EXISTS (SELECT FROM transaction t WHERE t.tenant_id = account.tenant_id
                    AND t.account_id = account.id AND t.deleted_at IS NULL OFFSET %d) AS small
            FROM account WHERE tenant_id = $1 AND connection_id = $2""".formatted(LedgerAccount.SMALL);

    private static final String READ = """
            UPDATE account SET watermark = $3, read_at = $4, full_read_at = CASE WHEN $5 THEN $4 ELSE full_read_at END
            WHERE tenant_id = $1 AND id = $2""";

    private final Ledger ledger;
    private final Runs runs;

    @Inject
    public AccountMerge(Ledger ledger, Runs runs) {
        this.ledger = ledger;
        this.runs = runs;
    }

    /** Stores the accounts and returns them as the ledger knows them, in a stable order. */
    public Uni<List<LedgerAccount>> merge(LeasedRun run, List<SourceAccount> accounts) {
        if (accounts.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<SourceAccount> sorted = accounts.stream()
                .sorted(Comparator.comparing(SourceAccount::providerId))
                .toList();
        List<Tuple> values =
                sorted.stream().map(account -> values(run, account)).toList();
        return ledger.ofTenant(run.tenantId(), connection -> runs.count(connection, run, Tally.NOTHING)
                .chain(() -> connection.preparedQuery(UPSERT).executeBatch(values))
                .chain(() -> known(connection, run, sorted)));
    }

    /**
     * Moves an account's watermark, in the transaction that ends a complete read.
     *
     * @param watermark the provider's instant; null when it does not say
     * @param began when the read began
     * @param everything whether it read everything the provider has
     */
    public Uni<Void> markRead(
            SqlConnection connection,
            LeasedRun run,
            UUID account,
            Instant watermark,
            Instant began,
            boolean everything) {
        Tuple values = Tuple.tuple()
                .addString(run.tenantId())
                .addUUID(account)
                .addOffsetDateTime(utc(watermark))
                .addOffsetDateTime(utc(began))
                .addBoolean(everything);
        return connection.preparedQuery(READ).execute(values).replaceWithVoid();
    }

    private static Uni<List<LedgerAccount>> known(
            SqlConnection connection, LeasedRun run, List<SourceAccount> accounts) {
        Map<String, SourceAccount> byId = accounts.stream()
                .collect(Collectors.toMap(SourceAccount::providerId, Function.identity(), (first, second) -> second));
        return connection
                .preparedQuery(KNOWN)
                .execute(Tuple.of(run.tenantId(), run.link().connectionId()))
                .map(rows -> {
                    List<LedgerAccount> known = new ArrayList<>();
                    for (Row row : rows) {
                        SourceAccount atSource = byId.get(row.getString("provider_id"));
                        if (atSource != null) {
                            known.add(account(row, atSource));
                        }
                    }
                    known.sort(Comparator.comparing(LedgerAccount::id));
                    return known;
                });
    }

    private static LedgerAccount account(Row row, SourceAccount atSource) {
        return new LedgerAccount(
                row.getUUID("id"),
                atSource,
                instant(row.getOffsetDateTime("watermark")),
                instant(row.getOffsetDateTime("read_at")),
                instant(row.getOffsetDateTime("full_read_at")),
                row.getBoolean("small"));
    }

    private static Tuple values(LeasedRun run, SourceAccount account) {
        Credit credit = account.credit() == null ? new Credit(null, null, null, null, null, null) : account.credit();
        return Tuple.tuple()
                .addString(run.tenantId())
                .addUUID(UuidCreator.getTimeOrderedEpoch())
                .addString(run.link().userId())
                .addUUID(run.link().connectionId())
                .addString(account.providerId())
                .addString(account.type())
                .addString(account.subtype())
                .addString(account.name())
                .addString(account.number())
                .addString(account.currency())
                .addBigDecimal(account.balance())
                .addBigDecimal(credit.limit())
                .addBigDecimal(credit.available())
                .addBigDecimal(credit.minimumPayment())
                .addLocalDate(credit.closingDay())
                .addLocalDate(credit.dueDay())
                .addString(credit.brand());
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
