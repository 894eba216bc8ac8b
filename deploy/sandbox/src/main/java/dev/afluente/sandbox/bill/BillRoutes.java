package dev.afluente.sandbox.bill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.account.Account;
import dev.afluente.sandbox.account.Accounts;
import dev.afluente.sandbox.collected.Rows;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.item.Item;
import dev.afluente.sandbox.item.Items;
import dev.afluente.sandbox.statement.Bills;
import dev.afluente.sandbox.statement.Book;
import dev.afluente.sandbox.statement.Row;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * {@code /bills}: the closed bills of a card, ten to a page unless asked otherwise; their totals are the sums of the rows
 * that carry their id, payments left out.
 */
@Singleton
public class BillRoutes {

    private static final int PAGE_SIZE = 10;
    private static final BigDecimal MINIMUM_RATE = new BigDecimal("0.15");

    private final Api api;
    private final Accounts accounts;
    private final Items items;

    public BillRoutes(Api api, Accounts accounts, Items items) {
        this.api = api;
        this.accounts = accounts;
        this.items = items;
    }

    void register(@Observes Router router) {
        api.keyed(router, HttpMethod.GET, "/bills", this::list);
        api.keyed(router, HttpMethod.GET, "/bills/:id", this::one);
    }

    private byte[] list(Call call) {
        Account account = accounts.get(call.queryUuid("accountId"));
        List<Bills.Bill> bills = bills(account);
        int size = number(call, "pageSize", PAGE_SIZE);
        int page = number(call, "page", 1);
        ArrayNode results = Json.array();
        bills.stream().skip((page - 1L) * size).limit(size).forEach(bill -> results.add(view(account, bill)));
        ObjectNode answer = Json.object()
                .put("page", page)
                .put("total", bills.size())
                .put("totalPages", (bills.size() + size - 1) / size);
        answer.set("results", results);
        return Json.bytes(answer);
    }

    private static int number(Call call, String name, int otherwise) {
        String text = call.query(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw PluggyError.badRequest(name + " must be a positive number");
        }
        return Integer.parseInt(text);
    }

    private byte[] one(Call call) {
        for (Item item : items.all()) {
            for (Account account : accounts.ofItem(item.id())) {
                for (Bills.Bill bill : bills(account)) {
                    if (bill.id().equals(call.path("id"))) {
                        return Json.bytes(view(account, bill));
                    }
                }
            }
        }
        throw PluggyError.notFound("CREDIT_CARD_BILL_NOT_FOUND", "credit card bill not found");
    }

    private List<Bills.Bill> bills(Account account) {
        if (!account.face().isCard()) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        Rows.Walk walk = accounts.rows(account).walk(Rows.Window.ALL);
        for (Rows.Collected row = walk.next(); row != null; row = walk.next()) {
            rows.add(row.row());
        }
        return Bills.of(account.book(), rows);
    }

    private static ObjectNode view(Account account, Bills.Bill bill) {
        ObjectNode view = Json.object()
                .put("id", bill.id())
                .put("accountId", account.id())
                .put("dueDate", Json.time(Book.midnight(bill.due())))
                .put("billClosingDate", Json.time(Book.midnight(bill.closing())))
                .put("totalAmount", bill.total())
                .put("totalAmountCurrencyCode", "BRL")
                .put("minimumPaymentAmount", bill.total().multiply(MINIMUM_RATE).setScale(2, RoundingMode.HALF_EVEN))
                .put("allowsInstallments", true);
        ArrayNode charges = view.putArray("financeCharges");
        if (bill.taxes().signum() > 0) {
            charges.addObject()
                    .put("id", partId("tax", bill))
                    .put("creditCardBillId", bill.id())
                    .put("type", "IOF")
                    .put("amount", bill.taxes())
                    .put("currencyCode", "BRL")
                    .put("additionalInfo", "NA");
        }
        ArrayNode payments = view.putArray("payments");
        if (!bill.paidOn().isAfter(account.book().anchor()) && bill.total().signum() > 0) {
            payments.addObject()
                    .put("id", partId("payment", bill))
                    .put("valueType", "FULL_PAYMENT")
                    .put("paymentDate", Json.time(Book.midnight(bill.paidOn())))
                    .put("paymentMode", "DEBIT_ACCOUNT")
                    .put("amount", bill.total())
                    .put("currencyCode", "BRL");
        }
        return view;
    }

    private static String partId(String what, Bills.Bill bill) {
        return UUID.nameUUIDFromBytes((what + " " + bill.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
