package dev.afluente.sandbox.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.account.Account;
import dev.afluente.sandbox.account.Accounts;
import dev.afluente.sandbox.category.Categories;
import dev.afluente.sandbox.collected.Change;
import dev.afluente.sandbox.collected.Rows;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.http.PluggyError;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code /v2/transactions} with its cursor, {@code /transactions/{id}}, and the retired list, which is gone (410). */
@Singleton
public class TransactionRoutes {

    private static final int PAGE = 500;
    private static final int BYTES_PER_ROW = 1100;

    private final Api api;
    private final Accounts accounts;
    private final TransactionWriter writer;
    private final Categories categories;
    private final BankClock clock;

    public TransactionRoutes(
            Api api, Accounts accounts, TransactionWriter writer, Categories categories, BankClock clock) {
        this.api = api;
        this.accounts = accounts;
        this.writer = writer;
        this.categories = categories;
        this.clock = clock;
    }

    void register(@Observes Router router) {
        api.keyed(router, HttpMethod.GET, "/v2/transactions", this::page);
        api.keyed(router, HttpMethod.GET, "/transactions", call -> {
            throw PluggyError.of(
                    410, "ENDPOINT_DEPRECATED", "This endpoint is no longer available, use GET /v2/transactions");
        });
        api.keyed(router, HttpMethod.GET, "/transactions/:id", this::one);
        api.keyed(router, HttpMethod.PATCH, "/transactions/:id", this::categorise);
    }

    private byte[] page(Call call) {
        TransactionQuery query = TransactionQuery.of(call);
        Account account = accounts.get(query.accountId());
        Rows rows = accounts.rows(account);
        return query.ids() == null ? walked(query, account, rows) : named(query, account, rows);
    }

    private byte[] walked(TransactionQuery query, Account account, Rows rows) {
        Rows.Walk walk = rows.walk(query.window(query.after() == null ? null : place(account, query.after())));
        List<Rows.Collected> page = new ArrayList<>(PAGE);
        for (Rows.Collected row = walk.next(); row != null; row = page.size() < PAGE ? walk.next() : null) {
            page.add(row);
        }
        String next = null;
        if (walk.hasNext()) {
            Rows.Collected last = page.get(page.size() - 1);
            String id = accounts.transactionId(account, last.slot());
            next = query.next(new Cursor(last.row().date(), id));
        }
        return written(account, page, next);
    }

    /** A cursor whose row has been removed or re-issued meanwhile still marks its place. */
    private Rows.Place place(Account account, Cursor cursor) {
        long slot = accounts.slot(account, cursor.transactionId())
                .orElseThrow(() -> PluggyError.badRequest("Invalid cursor"));
        return new Rows.Place(cursor.date().toEpochMilli(), slot);
    }

    private byte[] named(TransactionQuery query, Account account, Rows rows) {
        Rows.Window window = query.window(null);
        List<Rows.Collected> page = new ArrayList<>();
        for (String id : query.ids()) {
            accounts.locate(id)
                    .filter(at -> at.account().id().equals(account.id()))
                    .flatMap(at -> rows.find(at.slot()))
                    .filter(row -> within(row, window))
                    .ifPresent(page::add);
        }
        page.sort(Comparator.comparing((Rows.Collected row) -> row.row().date())
                .reversed()
                .thenComparingLong(Rows.Collected::slot));
        return written(account, page, null);
    }

    private static boolean within(Rows.Collected row, Rows.Window window) {
        long date = row.row().date().toEpochMilli();
        boolean fresh = window.createdFrom() == null || !row.createdAt().isBefore(window.createdFrom());
        return date >= window.from() && date <= window.to() && fresh;
    }

    private byte[] written(Account account, List<Rows.Collected> page, String next) {
        var bytes = new ByteArrayOutputStream(page.size() * BYTES_PER_ROW + 256);
        try (JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart("results");
            for (Rows.Collected row : page) {
                writer.served(out, account, row);
            }
            out.writeEndArray();
            out.writeStringField("next", next);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private byte[] one(Call call) {
        Accounts.Located at = located(call);
        return single(at.account(), row(at));
    }

    private byte[] categorise(Call call) {
        String categoryId =
                categories.get(call.body().path("categoryId").asText()).id();
        Accounts.Located at = located(call);
        Account account = at.account();
        row(at);
        Change change = Change.ofCategory(categoryId, clock.now());
        Account changed = account.with(
                account.overlay().changed(Map.of(at.slot(), change)), account.balance(), account.updatedAt());
        accounts.put(changed);
        return single(changed, row(new Accounts.Located(changed, at.slot())));
    }

    private Accounts.Located located(Call call) {
        return accounts.locate(Call.uuid("id", call.path("id"))).orElseThrow(TransactionRoutes::notFound);
    }

    private Rows.Collected row(Accounts.Located at) {
        return accounts.rows(at.account()).find(at.slot()).orElseThrow(TransactionRoutes::notFound);
    }

    private static PluggyError notFound() {
        return PluggyError.notFound("TRANSACTION_NOT_FOUND", "Transaction not found");
    }

    private byte[] single(Account account, Rows.Collected row) {
        var bytes = new ByteArrayOutputStream(BYTES_PER_ROW);
        try (JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
            writer.served(out, account, row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
