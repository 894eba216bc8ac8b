package dev.afluente.sync.account;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.sync.account.LedgerAccount.Reader;
import dev.afluente.sync.database.Ledger;
import dev.afluente.sync.identity.AccountIdentity;
import dev.afluente.sync.identity.Marks;
import dev.afluente.sync.identity.Placement;
import dev.afluente.sync.identity.Placement.Place;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Runs;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccount.Credit;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings a connection's accounts up to what the provider says. An account that comes under a new id, or through another
 * connection, is the same account; one that did not change is not written.
 */
@ApplicationScoped
public class AccountMerge {
    private static final String UPSERT = """
            INSERT INTO account AS a (tenant_id, id, user_id, connection_id, provider_id, type, subtype, name, number,
                currency, balance, credit_limit, available_limit, minimum_payment, closing_day, due_day, brand,
                identity, generation, bank_code)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            ON CONFLICT (tenant_id, id) DO UPDATE
            SET connection_id = EXCLUDED.connection_id, provider_id = EXCLUDED.provider_id,
                type = EXCLUDED.type, subtype = EXCLUDED.subtype, name = EXCLUDED.name, number = EXCLUDED.number,
                currency = EXCLUDED.currency, balance = EXCLUDED.balance, credit_limit = EXCLUDED.credit_limit,
                available_limit = EXCLUDED.available_limit, minimum_payment = EXCLUDED.minimum_payment,
                closing_day = EXCLUDED.closing_day, due_day = EXCLUDED.due_day, brand = EXCLUDED.brand,
                identity = EXCLUDED.identity, generation = EXCLUDED.generation, bank_code = EXCLUDED.bank_code,
                updated_at = now(),
                watermark = CASE WHEN a.generation = EXCLUDED.generation THEN a.watermark END,
                read_at = CASE WHEN a.generation = EXCLUDED.generation THEN a.read_at END,
                full_read_at = CASE WHEN a.generation = EXCLUDED.generation THEN a.full_read_at END
            WHERE (a.type, a.subtype, a.name, a.number, a.currency, a.balance, a.credit_limit, a.available_limit,
                   a.minimum_payment, a.closing_day, a.due_day, a.brand, a.identity, a.generation, a.bank_code)
                IS DISTINCT FROM (EXCLUDED.type, EXCLUDED.subtype, EXCLUDED.name, EXCLUDED.number, EXCLUDED.currency,
                   EXCLUDED.balance, EXCLUDED.credit_limit, EXCLUDED.available_limit, EXCLUDED.minimum_payment,
                   EXCLUDED.closing_day, EXCLUDED.due_day, EXCLUDED.brand, EXCLUDED.identity, EXCLUDED.generation,
                   EXCLUDED.bank_code)""";

    private static final String KNOWN = """
            SELECT a.id, a.provider_id, a.watermark, a.read_at, a.full_read_at, a.generation, a.as_of,
                NOT EXISTS (SELECT FROM account_source s WHERE s.tenant_id = $1 AND s.account_id = a.id
                    AND s.generation <> a.generation) AS only,
                NOT EXISTS (SELECT FROM account_source s WHERE s.tenant_id = $1 AND s.account_id = a.id
                    AND s.generation > a.generation) AS newest,
                NOT EXISTS (SELECT FROM transaction t WHERE t.tenant_id = $1 AND t.account_id = a.id) AS fresh,
                NOT EXISTS (SELECT FROM transaction t WHERE t.tenant_id = $1 AND t.account_id = a.id
                    AND t.deleted_at IS NULL OFFSET %d) AS small
            FROM account a WHERE a.tenant_id = $1 AND a.id = ANY($2) ORDER BY a.id""".formatted(LedgerAccount.SMALL);

    private static final String READ = """
            UPDATE account SET watermark = $3, as_of = greatest(as_of, $3), read_at = $4,
                full_read_at = CASE WHEN $5 THEN $4 ELSE full_read_at END
            WHERE tenant_id = $1 AND id = $2""";

    private final Ledger ledger;
    private final Runs runs;
    private final AccountIdentity identity;
    private final AccountSources sources;

    @Inject
    public AccountMerge(Ledger ledger, Runs runs, AccountIdentity identity, AccountSources sources) {
        this.ledger = ledger;
        this.runs = runs;
        this.identity = identity;
        this.sources = sources;
    }

    /**
     * What became of the accounts of a link.
     *
     * @param here those it reads, in a stable order
     * @param elsewhere those that another connection reads
     */
    public record Merged(List<LedgerAccount> here, List<UUID> elsewhere) {}

    /** Stores the accounts and returns them as the ledger knows them. */
    public Uni<Merged> merge(LeasedRun run, List<SourceAccount> accounts) {
        if (accounts.isEmpty()) {
            return Uni.createFrom().item(new Merged(List.of(), List.of()));
        }
        List<SourceAccount> each = List.copyOf(byId(accounts).values());
        String[] ids = each.stream().map(SourceAccount::providerId).toArray(String[]::new);
        List<Marks> marks = each.stream()
                .map(account -> identity.of(account, run.link().institution()))
                .toList();
        return ledger.ofTenant(run.tenantId(), connection -> runs.count(connection, run, Tally.NOTHING)
                .chain(() -> sources.guard(connection, run))
                .chain(() -> sources.seen(connection, run, ids, marks))
                .chain(seen -> sources.current(connection, run, seen)
                        .map(current -> Placement.of(run.link().connectionId(), seen, current)))
                .chain(places -> store(connection, run, each, marks, places))
                .call(() -> sources.told(connection, run, ids, marks)));
    }

    private Uni<Merged> store(
            SqlConnection connection,
            LeasedRun run,
            List<SourceAccount> accounts,
            List<Marks> marks,
            List<Place> places) {
        List<UUID> elsewhere = new ArrayList<>();
        List<Tuple> rows = new ArrayList<>();
        Map<UUID, SourceAccount> here = new LinkedHashMap<>();
        Uni<Void> arrivals = Uni.createFrom().voidItem();
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i) instanceof Place.Elsewhere other) {
                elsewhere.add(other.id());
                continue;
            }
            SourceAccount account = accounts.get(i);
            Place.Here place = places.get(i) instanceof Place.Here known
                    ? known
                    : new Place.Here(UuidCreator.getTimeOrderedEpoch(), 1, true);
            here.put(place.id(), account);
            rows.add(values(run, place, account, marks.get(i).identity()));
            if (place.arrived()) {
                arrivals = arrivals.chain(
                        () -> sources.add(connection, run, account.providerId(), place.id(), place.generation()));
            }
        }
        return (rows.isEmpty()
                        ? arrivals
                        : arrivals.chain(() -> connection
                                .preparedQuery(UPSERT)
                                .executeBatch(rows)
                                .replaceWithVoid()))
                .chain(() -> known(connection, run, here))
                .map(known -> new Merged(known, elsewhere));
    }

    private static Map<String, SourceAccount> byId(List<SourceAccount> accounts) {
        return accounts.stream()
                .sorted(Comparator.comparing(SourceAccount::providerId))
                .collect(Collectors.toMap(
                        SourceAccount::providerId, Function.identity(), (first, second) -> second, LinkedHashMap::new));
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
            SqlConnection connection, LeasedRun run, Map<UUID, SourceAccount> accounts) {
        return connection
                .preparedQuery(KNOWN)
                .execute(Tuple.of(run.tenantId(), accounts.keySet().toArray(UUID[]::new)))
                .map(rows -> {
                    List<LedgerAccount> known = new ArrayList<>();
                    rows.forEach(row -> known.add(account(row, accounts.get(row.getUUID("id")))));
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
                new Reader(
                        row.getInteger("generation"),
                        row.getBoolean("only"),
                        row.getBoolean("newest"),
                        instant(row.getOffsetDateTime("as_of"))),
                row.getBoolean("fresh"),
                row.getBoolean("small"));
    }

    private static Tuple values(LeasedRun run, Place.Here place, SourceAccount account, String identity) {
        Credit credit = account.credit() == null ? new Credit(null, null, null, null, null, null) : account.credit();
        return Tuple.tuple()
                .addString(run.tenantId())
                .addUUID(place.id())
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
                .addString(credit.brand())
                .addString(identity)
                .addInteger(place.generation())
                .addString(account.printed().bankCode());
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
