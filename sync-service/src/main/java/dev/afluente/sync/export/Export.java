package dev.afluente.sync.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.sync.account.AccountView;
import dev.afluente.sync.account.Accounts;
import dev.afluente.sync.http.Cursor;
import dev.afluente.sync.transaction.TransactionFilter;
import dev.afluente.sync.transaction.TransactionView;
import dev.afluente.sync.transaction.Transactions;
import dev.afluente.sync.transaction.Transactions.Span;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The rows a list shows, as a file that is written while it is read. One page of {@value Page#MAX_LIMIT} rows is in
 * memory, the next is read when the client has taken this one, and nothing is read for a client that has gone. Each page
 * is a transaction of its own, so a slow client holds none open; the file is therefore not one moment's view: what a
 * sync adds meanwhile is in it as far as it lies ahead of the reading.
 */
@ApplicationScoped
public class Export {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final Transactions transactions;
    private final Accounts accounts;
    private final String unknownBank;

    /** @param unknownBank {@code afluente.export.unknown-bank}: BANKID in OFX where the provider tells no bank code */
    @Inject
    public Export(
            Transactions transactions,
            Accounts accounts,
            @ConfigProperty(name = "afluente.export.unknown-bank", defaultValue = "0000") String unknownBank) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.unknownBank = unknownBank;
    }

    /** Returns a table; fails before the first byte when the ledger cannot be read. */
    Uni<Multi<byte[]>> csv(Caller caller, TransactionFilter filter, Dialect dialect) {
        return accountsById(caller).map(byId -> {
            CsvTable table = new CsvTable(dialect, byId);
            return bytes(List.of(one(table.head()), pages(caller, filter, table::lines)), UTF_8);
        });
    }

    /** Returns statements of every account that has rows to show, bank accounts before cards. */
    Uni<Multi<byte[]>> ofx(Caller caller, TransactionFilter filter) {
        return accountsById(caller)
                .chain(byId -> transactions.spans(caller, filter).map(spans -> {
                    List<Multi<String>> parts = new ArrayList<>();
                    parts.add(one(OfxText.PREAMBLE + new OfxText().open("OFX") + OfxSignOn.text(Instant.now())));
                    parts.addAll(messages("BANKMSGSRSV1", caller, filter, byId, statements(spans, byId, false)));
                    parts.addAll(messages("CREDITCARDMSGSRSV1", caller, filter, byId, statements(spans, byId, true)));
                    parts.add(one(new OfxText().close("OFX").toString()));
                    return bytes(parts, WINDOWS_1252);
                }));
    }

    private List<Multi<String>> messages(
            String set, Caller caller, TransactionFilter filter, Map<UUID, AccountView> byId, List<Span> spans) {
        List<Multi<String>> parts = new ArrayList<>();
        if (spans.isEmpty()) {
            return parts;
        }
        parts.add(one(new OfxText().open(set).toString()));
        for (Span span : spans) {
            OfxStatement statement = new OfxStatement(byId.get(span.account()), span, unknownBank);
            parts.add(one(statement.head()));
            parts.add(pages(caller, filter.ofAccount(span.account()), statement::rows));
            parts.add(one(statement.tail()));
        }
        parts.add(one(new OfxText().close(set).toString()));
        return parts;
    }

    private static List<Span> statements(List<Span> spans, Map<UUID, AccountView> byId, boolean cards) {
        return spans.stream()
                .filter(span -> byId.containsKey(span.account()))
                .filter(span -> OfxStatement.isCard(byId.get(span.account())) == cards)
                .toList();
    }

    private Uni<Map<UUID, AccountView>> accountsById(Caller caller) {
        return accounts.all(caller)
                .map(all -> all.stream().collect(Collectors.toMap(AccountView::id, Function.identity())));
    }

    /** A page that has been asked for is read to its end even when nobody waits any more: a transaction is not cut. */
    private Multi<String> pages(
            Caller caller, TransactionFilter filter, Function<List<TransactionView>, String> written) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<Cursor>(), place -> transactions
                        .list(caller, filter, Page.MAX_LIMIT, place.get())
                        .invoke(page -> place.set(Cursor.decode(page.nextCursor(), filter.toString())))
                        .memoize()
                        .indefinitely())
                .whilst(page -> page.nextCursor() != null)
                .map(page -> written.apply(page.data()));
    }

    private static Multi<String> one(String text) {
        return Multi.createFrom().item(text);
    }

    private static Multi<byte[]> bytes(List<Multi<String>> parts, Charset charset) {
        return Multi.createBy()
                .concatenating()
                .streams(parts)
                .filter(text -> !text.isEmpty())
                .map(text -> text.getBytes(charset));
    }
}
