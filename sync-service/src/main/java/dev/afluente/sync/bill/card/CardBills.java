package dev.afluente.sync.bill.card;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.SourcePage.SetAside;
import dev.afluente.sync.source.bill.SourceBill;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The bills of one card as they are stored. A bill that did not change is not written. */
@ApplicationScoped
class CardBills {
    private static final String KNOWN = """
            SELECT id, provider_id, closing_day, due_day FROM bill
            WHERE tenant_id = $1 AND account_id = $2 ORDER BY due_day, id""";

    private static final String WRITE = """
            INSERT INTO bill AS b (tenant_id, user_id, account_id, id, provider_id, opens_day, closing_day, due_day,
                total, currency, minimum_payment, allows_installments, finance_charges, payments)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (tenant_id, id) DO UPDATE
            SET provider_id = EXCLUDED.provider_id, opens_day = EXCLUDED.opens_day,
                closing_day = EXCLUDED.closing_day, due_day = EXCLUDED.due_day, total = EXCLUDED.total,
                currency = EXCLUDED.currency, minimum_payment = EXCLUDED.minimum_payment,
                allows_installments = EXCLUDED.allows_installments, finance_charges = EXCLUDED.finance_charges,
                payments = EXCLUDED.payments, updated_at = now()
            WHERE (b.provider_id, b.opens_day, b.closing_day, b.due_day, b.total, b.currency, b.minimum_payment,
                   b.allows_installments, b.finance_charges, b.payments)
                IS DISTINCT FROM (EXCLUDED.provider_id, EXCLUDED.opens_day, EXCLUDED.closing_day, EXCLUDED.due_day,
                   EXCLUDED.total, EXCLUDED.currency, EXCLUDED.minimum_payment, EXCLUDED.allows_installments,
                   EXCLUDED.finance_charges, EXCLUDED.payments)
            RETURNING xmax = 0 AS inserted""";

    private static final String FORGET = "DELETE FROM bill WHERE tenant_id = $1 AND id = ANY($2)";

    private static final String SET_ASIDE = """
            INSERT INTO set_aside (tenant_id, account_id, row_key, reason, row_data, run_id)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, account_id, row_key) DO NOTHING""";

    Uni<List<KnownBill>> known(SqlConnection connection, LeasedRun run, LedgerAccount account) {
        return connection
                .preparedQuery(KNOWN)
                .execute(Tuple.of(run.tenantId(), account.id()))
                .map(rows -> {
                    List<KnownBill> bills = new ArrayList<>();
                    rows.forEach(row -> bills.add(new KnownBill(
                            row.getUUID("id"),
                            row.getString("provider_id"),
                            row.getLocalDate("closing_day"),
                            row.getLocalDate("due_day"))));
                    return bills;
                });
    }

    /** Carries a plan out, and counts what it did to the bills that the provider tells of. */
    Uni<Tally> write(SqlConnection connection, LeasedRun run, LedgerAccount account, BillPlan plan) {
        return forget(connection, run, plan.obsolete())
                .chain(() -> write(connection, run, account, plan.writes(), 0, Tally.NOTHING));
    }

    /** Keeps bills that could not be read, once each. */
    Uni<Void> setAside(SqlConnection connection, LeasedRun run, LedgerAccount account, List<SetAside> bills) {
        if (bills.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Tuple> values = bills.stream()
                .map(bill -> Tuple.of(run.tenantId(), account.id(), bill.key(), bill.reason(), bill.data(), run.id()))
                .toList();
        return connection.preparedQuery(SET_ASIDE).executeBatch(values).replaceWithVoid();
    }

    private static Uni<Void> forget(SqlConnection connection, LeasedRun run, List<UUID> bills) {
        return bills.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(FORGET)
                        .execute(Tuple.of(run.tenantId(), bills.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    /** A few dozen at most, one after the other: each is a lookup by key. */
    private static Uni<Tally> write(
            SqlConnection connection,
            LeasedRun run,
            LedgerAccount account,
            List<BillPlan.Write> writes,
            int next,
            Tally sum) {
        if (next == writes.size()) {
            return Uni.createFrom().item(sum);
        }
        BillPlan.Write bill = writes.get(next);
        return connection
                .preparedQuery(WRITE)
                .execute(values(run, account, bill))
                .map(rows -> bill.told() == null
                        ? Tally.NOTHING
                        : rows.size() == 0
                                ? new Tally(0, 0, 0, 1, 0)
                                : rows.iterator().next().getBoolean("inserted")
                                        ? new Tally(1, 0, 0, 0, 0)
                                        : new Tally(0, 1, 0, 0, 0))
                .chain(tally -> write(connection, run, account, writes, next + 1, sum.plus(tally)));
    }

    private static Tuple values(LeasedRun run, LedgerAccount account, BillPlan.Write bill) {
        SourceBill told = bill.told();
        return Tuple.tuple()
                .addString(run.tenantId())
                .addString(run.link().userId())
                .addUUID(account.id())
                .addUUID(bill.id())
                .addString(told == null ? null : told.providerId())
                .addLocalDate(bill.cycle().opens())
                .addLocalDate(bill.cycle().closes())
                .addLocalDate(bill.cycle().due())
                .addBigDecimal(told == null ? null : told.total())
                .addString(told == null ? account.atSource().currency() : told.currency())
                .addBigDecimal(told == null ? null : told.minimumPayment())
                .addBoolean(told == null ? null : told.allowsInstallments())
                .addValue(told == null ? new JsonArray() : charges(told))
                .addValue(told == null ? new JsonArray() : payments(told));
    }

    /** Amounts are kept as text: JSON's numbers are not exact for every reader. */
    private static JsonArray charges(SourceBill bill) {
        JsonArray array = new JsonArray();
        bill.charges()
                .forEach(charge -> array.add(new JsonObject()
                        .put("type", charge.type())
                        .put("amount", plain(charge.amount()))
                        .put("currency", charge.currency())
                        .put("info", charge.info())));
        return array;
    }

    private static JsonArray payments(SourceBill bill) {
        JsonArray array = new JsonArray();
        bill.payments()
                .forEach(payment -> array.add(new JsonObject()
                        .put("type", payment.type())
                        .put("mode", payment.mode())
                        .put("day", text(payment.day()))
                        .put("amount", plain(payment.amount()))
                        .put("currency", payment.currency())));
        return array;
    }

    private static String text(LocalDate day) {
        return day == null ? null : day.toString();
    }

    private static String plain(BigDecimal amount) {
        return amount.toPlainString();
    }
}
