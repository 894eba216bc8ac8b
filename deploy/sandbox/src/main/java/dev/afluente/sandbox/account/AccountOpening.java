package dev.afluente.sandbox.account;

import dev.afluente.sandbox.BankClock;
import dev.afluente.sandbox.brazil.Draw;
import dev.afluente.sandbox.brazil.Person;
import dev.afluente.sandbox.collected.Overlay;
import dev.afluente.sandbox.collected.Rows;
import dev.afluente.sandbox.statement.Bills;
import dev.afluente.sandbox.statement.Book;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Collects a person's accounts at a bank for the first time. Numbers, holder and balances follow from the key, so the
 * same person at the same bank has the same accounts under every item, with other ids.
 */
@Singleton
public class AccountOpening {

    private final Accounts accounts;
    private final BankClock clock;

    public AccountOpening(Accounts accounts, BankClock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * @param key what everything is drawn from
     * @param longRows rows of the first account, or 0 for a household's ledger
     */
    public record Customer(String itemId, int connectorId, long key, int longRows, boolean openFinance) {}

    public static Person holder(long key) {
        return Person.draw(new Draw(key, 0));
    }

    /** The checking account, which is the first, and the savings account of those who have a household's ledger. */
    public List<Account> openBankAccounts(Customer customer) {
        var kind = customer.longRows() > 0 ? Book.Kind.LONG : Book.Kind.HOUSEHOLD;
        Account checking = open(customer, kind, "CHECKING_ACCOUNT", "Conta Corrente");
        return kind == Book.Kind.LONG
                ? List.of(checking)
                : List.of(checking, open(customer, Book.Kind.SAVINGS, "SAVINGS_ACCOUNT", "Conta Poupança"));
    }

    public Account openCard(Customer customer) {
        return open(customer, Book.Kind.CARD, "CREDIT_CARD", "Cartão de Crédito");
    }

    /**
     * The same bank account, with all that has happened to it, collected anew under another item: every id is new.
     *
     * @param telling how much is told of it now; null as before
     */
    public Account again(Account old, String itemId, Account.Telling telling) {
        String id = UUID.randomUUID().toString();
        Book was = old.book();
        var book = new Book(was.key(), was.kind(), was.rows(), was.openFinance(), was.anchor(), was.holder(), id);
        Instant now = clock.now();
        var ref = new Account.Ref(id, itemId, accounts.nextNo());
        var again = new Account(
                ref,
                telling == null ? old.face() : old.facing(telling),
                book,
                old.balance(),
                now,
                now,
                old.overlay().reissued(now));
        accounts.put(again);
        return again;
    }

    private Account open(Customer customer, Book.Kind kind, String subtype, String name) {
        String id = UUID.randomUUID().toString();
        long key = Draw.key(customer.key(), subtype);
        var book = new Book(
                key, kind, customer.longRows(), customer.openFinance(), clock.today(), holder(customer.key()), id);
        var draw = new Draw(key, Long.MAX_VALUE);
        var telling = Account.Telling.by(customer.connectorId());
        Account.Face face =
                kind == Book.Kind.CARD ? card(book, name, draw, telling) : bank(subtype, name, draw, telling);
        Instant now = clock.now();
        var ref = new Account.Ref(id, customer.itemId(), accounts.nextNo());
        var account = new Account(ref, face, book, BigDecimal.ZERO, now, now, Overlay.none(now));
        BigDecimal balance = kind == Book.Kind.CARD ? used(account) : draw.cents(50000, 2500000);
        Account opened = account.with(account.overlay(), balance, now);
        accounts.put(opened);
        return opened;
    }

    private static Account.Face bank(String subtype, String name, Draw draw, Account.Telling telling) {
        String branch = draw.digits(4);
        String number = draw.digits(6) + "-" + draw.digits(1);
        String shown = branch + "/" + number;
        return new Account.Face(subtype, shown, name, null, "000/" + shown, null, telling);
    }

    private static Account.Face card(Book book, String name, Draw draw, Account.Telling telling) {
        String brand = draw.of(List.of("VISA", "MASTERCARD", "ELO"));
        String level = draw.of(List.of("GOLD", "PLATINUM", "BLACK"));
        var limit = BigDecimal.valueOf(draw.between(8, 40) * 100000L, 2);
        return new Account.Face(
                "CREDIT_CARD",
                Bills.cardNumber(book),
                name,
                brand + " " + level,
                null,
                new Account.Credit(brand, level, limit),
                telling);
    }

    /** What stands on open bills. */
    private BigDecimal used(Account account) {
        BigDecimal sum = BigDecimal.ZERO;
        Rows.Walk walk = accounts.rows(account).walk(Rows.Window.ALL);
        for (Rows.Collected row = walk.next(); row != null; row = walk.next()) {
            if (row.row().pending()) {
                sum = sum.add(row.row().money().booked());
            }
        }
        return sum;
    }
}
