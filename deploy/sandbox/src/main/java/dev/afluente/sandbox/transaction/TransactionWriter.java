package dev.afluente.sandbox.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.account.Account;
import dev.afluente.sandbox.account.Accounts;
import dev.afluente.sandbox.category.Categories;
import dev.afluente.sandbox.collected.Rows;
import dev.afluente.sandbox.fault.Faults;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.statement.Row;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Streams rows in Pluggy's JSON (OpenAPI schema {@code Transaction}), without a tree: a page of 500 takes a few
 * milliseconds. Any thread.
 */
@Singleton
public class TransactionWriter {

    private final Accounts accounts;
    private final Categories categories;
    private final Faults faults;
    private final boolean sandboxCards;

    public TransactionWriter(Accounts accounts, Categories categories, Faults faults, SandboxConfig config) {
        this.accounts = accounts;
        this.categories = categories;
        this.faults = faults;
        this.sandboxCards = config.cardSigns() == SandboxConfig.CardSigns.SANDBOX;
    }

    /** As the bank knows it. */
    public void truth(JsonGenerator out, Account account, Rows.Collected row) throws IOException {
        write(out, account, row, accounts.transactionId(account, row.slot()), null);
    }

    /** As a reader gets it: spoilt, where a fault asks for it. */
    void served(JsonGenerator out, Account account, Rows.Collected row) throws IOException {
        String id = accounts.transactionId(account, row.slot());
        write(out, account, row, id, faults.spoils(id));
    }

    private void write(JsonGenerator out, Account account, Rows.Collected collected, String id, String spoilt)
            throws IOException {
        Row row = collected.row();
        boolean flipped = sandboxCards && account.face().isCard();
        Spoiler spoiler = new Spoiler(out, spoilt);
        out.writeStartObject();
        out.writeStringField("id", id);
        spoiler.description(row.text().shown());
        out.writeStringField("descriptionRaw", row.text().raw());
        out.writeStringField("currencyCode", row.money().currency());
        spoiler.amount(signed(row.money().amount(), flipped));
        out.writeFieldName("amountInAccountCurrency");
        number(out, signed(row.money().inAccountCurrency(), flipped));
        spoiler.date(Json.time(row.date()));
        writeCategory(out, row, flipped);
        out.writeNullField("balance");
        out.writeStringField("accountId", account.id());
        out.writeStringField("providerCode", row.origin().providerCode());
        spoiler.status(row.pending() ? "PENDING" : "POSTED");
        PaymentWriter.write(out, row.details().payment());
        spoiler.type(flipped ? "CREDIT" : type(account, row));
        CardWriter.write(out, row.details().card());
        writeMerchant(out, row, flipped);
        out.writeStringField("operationType", row.origin().operationType());
        out.writeStringField("operationTypeAdditionalInfo", row.origin().operationInfo());
        out.writeStringField("providerId", row.origin().providerId());
        out.writeNumberField("order", 0);
        out.writeStringField("createdAt", Json.time(collected.createdAt()));
        out.writeStringField("updatedAt", Json.time(collected.updatedAt()));
        spoiler.end();
        out.writeEndObject();
    }

    private void writeCategory(JsonGenerator out, Row row, boolean hidden) throws IOException {
        out.writeStringField(
                "category", hidden ? null : categories.get(row.categoryId()).description());
        out.writeStringField("categoryId", hidden ? null : row.categoryId());
    }

    private void writeMerchant(JsonGenerator out, Row row, boolean hidden) throws IOException {
        var merchant = row.details().merchant();
        if (merchant == null || hidden) {
            out.writeNullField("merchant");
            return;
        }
        out.writeObjectFieldStart("merchant");
        out.writeStringField("name", merchant.name());
        out.writeStringField("businessName", merchant.businessName());
        out.writeStringField("cnpj", merchant.cnpj());
        out.writeStringField("cnae", merchant.cnae());
        out.writeStringField(
                "category", categories.get(merchant.spending().categoryId()).description());
        out.writeEndObject();
    }

    private static BigDecimal signed(BigDecimal amount, boolean flipped) {
        return amount == null || !flipped ? amount : amount.negate();
    }

    /** A bank account's money comes in as CREDIT; a card's purchases are DEBIT, its payments CREDIT. */
    private static String type(Account account, Row row) {
        boolean positive = row.money().amount().signum() >= 0;
        return positive == account.face().isCard() ? "DEBIT" : "CREDIT";
    }

    static void number(JsonGenerator out, BigDecimal number) throws IOException {
        if (number == null) {
            out.writeNull();
        } else {
            out.writeNumber(number);
        }
    }
}
