package dev.afluente.sync.source.pluggy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.pluggy.PluggyPages.Numbered;
import dev.afluente.model.pluggy.PluggySession;
import dev.afluente.model.pluggy.wire.PluggyBill;
import dev.afluente.model.pluggy.wire.PluggyJson;
import dev.afluente.sync.source.SourcePage.SetAside;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.bill.BillSource;
import dev.afluente.sync.source.bill.SourceBill;
import dev.afluente.sync.source.bill.SourceBill.Charge;
import dev.afluente.sync.source.bill.SourceBill.Payment;
import dev.afluente.sync.source.bill.SourceBills;
import dev.afluente.sync.source.pluggy.read.PluggyAccounts;
import dev.afluente.sync.source.pluggy.read.PluggyRows;
import dev.afluente.sync.source.pluggy.read.PluggyTransactions;
import dev.afluente.sync.source.pluggy.read.UnreadableRow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a card's bills, which Pluggy tells of once they have closed. Pages are asked for only when the first says there
 * are more, since Pluggy's OpenAPI document knows no page parameter; a page that brings no new bill ends the read, and
 * so do {@value #MAX_PAGES} pages.
 */
@ApplicationScoped
public class PluggyBills implements BillSource {
    private static final int MAX_PAGES = 50;

    private final PluggySession pluggy;

    @Inject
    public PluggyBills(PluggySession pluggy) {
        this.pluggy = pluggy;
    }

    @Override
    public String provider() {
        return "pluggy";
    }

    @Override
    public Uni<SourceBills> bills(SourceAccount card) {
        return Uni.createFrom()
                .deferred(() -> pages(card, 1, new LinkedHashMap<>()))
                .onFailure()
                .transform(PluggyFailures::typed)
                .map(rows -> read(card, rows));
    }

    private Uni<Map<String, JsonNode>> pages(SourceAccount card, int page, Map<String, JsonNode> rows) {
        return pluggy.call((client, key) -> client.bills(key, card.providerId(), page == 1 ? null : page))
                .chain(answer -> {
                    int before = rows.size();
                    results(answer).forEach(row -> rows.put(PluggyRows.key(row), row));
                    boolean more = answer.totalPages() != null && page < Math.min(answer.totalPages(), MAX_PAGES);
                    return more && rows.size() > before
                            ? pages(card, page + 1, rows)
                            : Uni.createFrom().item(rows);
                });
    }

    private static List<JsonNode> results(Numbered<JsonNode> answer) {
        return answer.results() == null ? List.of() : answer.results();
    }

    private static SourceBills read(SourceAccount card, Map<String, JsonNode> rows) {
        List<SourceBill> bills = new ArrayList<>();
        List<SetAside> setAside = new ArrayList<>();
        rows.forEach((key, row) -> {
            try {
                bills.add(bill(card, decode(row)));
            } catch (UnreadableRow e) {
                setAside.add(new SetAside("bill " + key, e.reason(), PluggyRows.cut(row.toString())));
            }
        });
        return new SourceBills(bills, setAside);
    }

    private static PluggyBill decode(JsonNode row) throws UnreadableRow {
        try {
            PluggyBill bill = PluggyJson.MAPPER.treeToValue(row, PluggyBill.class);
            if (bill == null) {
                throw new UnreadableRow("null_row");
            }
            return bill;
        } catch (JsonProcessingException | IllegalArgumentException | ArithmeticException e) {
            throw new UnreadableRow("wrong_type");
        }
    }

    private static SourceBill bill(SourceAccount card, PluggyBill bill) throws UnreadableRow {
        String id = PluggyTransactions.required(bill.id(), "missing_id", PluggyTransactions.MAX_ID);
        LocalDate due = PluggyAccounts.day(bill.dueDate());
        if (due == null) {
            throw new UnreadableRow("missing_date");
        }
        String currency = currency(bill.totalAmountCurrencyCode(), card.currency());
        List<Charge> charges = new ArrayList<>();
        for (PluggyBill.FinanceCharge charge : present(bill.financeCharges())) {
            String unit = currency(charge.currencyCode(), currency);
            charges.add(new Charge(
                    charge.type() == null ? "OTHER" : PluggyTransactions.text(charge.type()),
                    PluggyTransactions.amount(charge.amount(), unit),
                    unit,
                    PluggyTransactions.text(charge.additionalInfo())));
        }
        return new SourceBill(
                id,
                PluggyAccounts.day(bill.billClosingDate()),
                due,
                PluggyTransactions.amount(bill.totalAmount(), currency),
                currency,
                bill.minimumPaymentAmount() == null
                        ? null
                        : PluggyTransactions.amount(bill.minimumPaymentAmount(), currency),
                bill.allowsInstallments(),
                charges,
                payments(bill, currency));
    }

    private static List<Payment> payments(PluggyBill bill, String currency) throws UnreadableRow {
        List<Payment> payments = new ArrayList<>();
        for (PluggyBill.Payment payment : present(bill.payments())) {
            String unit = currency(payment.currencyCode(), currency);
            payments.add(new Payment(
                    PluggyTransactions.text(payment.valueType()),
                    PluggyTransactions.text(payment.paymentMode()),
                    PluggyAccounts.day(payment.paymentDate()),
                    PluggyTransactions.amount(payment.amount(), unit),
                    unit));
        }
        return payments;
    }

    private static <T> List<T> present(List<T> list) {
        return list == null
                ? List.of()
                : list.stream().filter(each -> each != null).toList();
    }

    private static String currency(String code, String otherwise) throws UnreadableRow {
        return code == null ? otherwise : PluggyTransactions.currency(code);
    }
}
