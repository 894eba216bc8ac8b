package dev.afluente.sync.bill;

import dev.afluente.sync.bill.BillView.Charge;
import dev.afluente.sync.bill.BillView.Payment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/** A stored bill as its owner sees it. Whether it is open is not stored: days pass without anybody writing. */
final class BillRow {
    /** Of {@code bill b}; a bill that is only expected comes to what its rows come to. */
    static final String SELECT = """
            SELECT b.*, (now() AT TIME ZONE 'America/Sao_Paulo')::date AS today, coalesce(b.total, (
                SELECT coalesce(-sum(t.amount), 0) FROM transaction t
                WHERE t.tenant_id = b.tenant_id AND t.statement_id = b.id AND t.deleted_at IS NULL
                    AND NOT %s)) AS owed
            FROM bill b WHERE b.tenant_id = $1 AND b.user_id = $2""".formatted(BillPayment.IS_PAYMENT);

    private BillRow() {}

    static BillView view(Row row) {
        boolean told = row.getString("provider_id") != null;
        return new BillView(
                row.getUUID("id"),
                row.getUUID("account_id"),
                told
                        ? "CLOSED"
                        : state(
                                row.getLocalDate("today"),
                                row.getLocalDate("opens_day"),
                                row.getLocalDate("closing_day")),
                !told,
                row.getLocalDate("opens_day"),
                row.getLocalDate("closing_day"),
                row.getLocalDate("due_day"),
                row.getBigDecimal("owed"),
                row.getString("currency"),
                row.getBigDecimal("minimum_payment"),
                row.getBoolean("allows_installments"),
                list(row.getJsonArray("finance_charges"), BillRow::charge),
                list(row.getJsonArray("payments"), BillRow::payment),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                null);
    }

    /** Of an expected bill, which always has a closing day. */
    static String state(LocalDate today, LocalDate opens, LocalDate closes) {
        if (today.isAfter(closes)) {
            return "CLOSED";
        }
        return opens != null && today.isBefore(opens) ? "FUTURE" : "OPEN";
    }

    private static <T> List<T> list(JsonArray array, Function<JsonObject, T> read) {
        return array.stream().map(JsonObject.class::cast).map(read).toList();
    }

    private static Charge charge(JsonObject charge) {
        return new Charge(
                charge.getString("type"),
                new BigDecimal(charge.getString("amount")),
                charge.getString("currency"),
                charge.getString("info"));
    }

    private static Payment payment(JsonObject payment) {
        String day = payment.getString("day");
        return new Payment(
                payment.getString("type"),
                payment.getString("mode"),
                day == null ? null : LocalDate.parse(day),
                new BigDecimal(payment.getString("amount")),
                payment.getString("currency"));
    }
}
