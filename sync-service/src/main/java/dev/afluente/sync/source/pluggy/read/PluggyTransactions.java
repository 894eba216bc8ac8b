package dev.afluente.sync.source.pluggy.read;

import dev.afluente.model.pluggy.wire.PluggyTransaction;
import dev.afluente.model.pluggy.wire.PluggyTransaction.Party;
import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.source.SourceTransaction.Card;
import dev.afluente.sync.source.SourceTransaction.Category;
import dev.afluente.sync.source.SourceTransaction.Payment;
import dev.afluente.sync.source.account.SourceAccount;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;

/**
 * Pluggy's transactions in the ledger's words: what a sign means, what day it is in São Paulo, which side of a payment
 * is the other one. Id, date, amount and currency must be readable; everything else is null where it is not.
 */
public final class PluggyTransactions {
    public static final int MAX_ID = 200;

    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
    private static final int MAX_TEXT = 2_000;
    private static final int MAX_DIGITS = 30;
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final SourceAccount account;

    PluggyTransactions(SourceAccount account) {
        this.account = account;
    }

    SourceTransaction read(PluggyTransaction row) throws UnreadableRow {
        String id = required(row.id(), "missing_id", MAX_ID);
        Instant date = date(row.date());
        String rowCurrency = row.currencyCode() == null ? account.currency() : currency(row.currencyCode());
        boolean foreign = row.amountInAccountCurrency() != null && !rowCurrency.equals(account.currency());
        BigDecimal provided = amount(row.amount(), rowCurrency);
        BigDecimal booked = foreign ? amount(row.amountInAccountCurrency(), account.currency()) : provided;
        BigDecimal amount = accountsView(booked);
        return new SourceTransaction(
                id,
                date,
                LocalDate.ofInstant(date, SAO_PAULO),
                amount,
                foreign ? account.currency() : rowCurrency,
                foreign ? accountsView(provided) : null,
                foreign ? rowCurrency : null,
                provided,
                description(row),
                type(amount, row.type()),
                "PENDING".equals(row.status()) ? "PENDING" : "POSTED",
                new Category(text(row.categoryId()), text(row.category())),
                payment(row, amount),
                card(row.creditCardMetadata(), account.currency()));
    }

    /** On a card Pluggy states a purchase as positive (documented; banks follow it): for its owner money went out. */
    private BigDecimal accountsView(BigDecimal provided) {
        return account.isCard() ? provided.negate() : provided;
    }

    /** Pluggy's type is unreliable on cards; the sign decides, and the type only where there is no sign. */
    private static String type(BigDecimal amount, String provided) {
        if (amount.signum() == 0) {
            return "CREDIT".equals(provided) ? "CREDIT" : "DEBIT";
        }
        return amount.signum() < 0 ? "DEBIT" : "CREDIT";
    }

    private static Payment payment(PluggyTransaction row, BigDecimal amount) {
        PluggyTransaction.PaymentData data = row.paymentData();
        PluggyTransaction.Merchant merchant = row.merchant();
        Party other = data == null ? null : amount.signum() < 0 ? data.receiver() : data.payer();
        return new Payment(
                data == null ? null : text(data.paymentMethod()),
                merchant == null ? null : text(merchant.name() == null ? merchant.businessName() : merchant.name()),
                merchant == null ? null : text(merchant.cnpj()),
                other == null ? null : text(other.name()),
                other == null || other.documentNumber() == null
                        ? null
                        : text(other.documentNumber().value()));
    }

    private static Card card(PluggyTransaction.Card data, String currency) {
        return data == null
                ? Card.NOTHING
                : new Card(
                        data.installmentNumber(),
                        data.totalInstallments(),
                        day(data.purchaseDate()),
                        text(data.billId()),
                        whole(data.totalAmount(), currency),
                        month(data.billForecastDate()));
    }

    /** Additional, as is all that follows: what cannot be read of it costs the row nothing. */
    private static LocalDate day(Instant bought) {
        try {
            return bought == null ? null : LocalDate.ofInstant(date(bought), SAO_PAULO);
        } catch (UnreadableRow e) {
            return null;
        }
    }

    /** The whole purchase in the account's view. */
    private static BigDecimal whole(BigDecimal provided, String currency) {
        try {
            return provided == null ? null : amount(provided, currency).abs().negate();
        } catch (UnreadableRow e) {
            return null;
        }
    }

    private static YearMonth month(String text) {
        try {
            return text == null || text.isBlank() ? null : YearMonth.parse(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String description(PluggyTransaction row) {
        String text = text(row.description() == null ? row.descriptionRaw() : row.description());
        return text == null ? "" : text;
    }

    private static Instant date(Instant date) throws UnreadableRow {
        if (date == null) {
            throw new UnreadableRow("missing_date");
        }
        if (date.isBefore(EARLIEST) || date.isAfter(LATEST)) {
            throw new UnreadableRow("absurd_date");
        }
        return date;
    }

    public static BigDecimal amount(BigDecimal amount, String currency) throws UnreadableRow {
        if (amount == null) {
            throw new UnreadableRow("missing_amount");
        }
        // Looked at before any arithmetic: 1e999999999 is short on the wire and endless in memory.
        if (!isSane(amount)) {
            throw new UnreadableRow("absurd_amount");
        }
        int minorDigits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        BigDecimal exact = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        return exact.scale() < minorDigits ? exact.setScale(minorDigits) : exact;
    }

    static boolean isSane(BigDecimal amount) {
        return amount.precision() <= MAX_DIGITS && Math.abs((long) amount.scale()) <= MAX_DIGITS;
    }

    public static String currency(String code) throws UnreadableRow {
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new UnreadableRow("unknown_currency");
        }
    }

    public static String required(String value, String reason, int maxLength) throws UnreadableRow {
        if (value == null || value.isBlank() || value.length() > maxLength || !isStorable(value)) {
            throw new UnreadableRow(reason);
        }
        return value;
    }

    /**
     * PostgreSQL's text takes no NUL, and half of a surrogate pair comes back from it as a question mark: as an id it would
     * never be found again.
     */
    public static boolean isStorable(String value) {
        return value.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
    }

    public static String text(String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String clean = value.indexOf('\0') < 0 ? value : value.replace("\0", "");
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT);
    }
}
