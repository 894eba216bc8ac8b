package dev.afluente.model.pluggy.wire;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A transaction as Pluggy answers it (OpenAPI schema {@code Transaction}). Every field may be absent; a JSON number
 * becomes the exact decimal that was written.
 *
 * @param date the posting instant, UTC; a bank's day is this instant in America/Sao_Paulo
 * @param amountInAccountCurrency only for rows in a foreign currency
 * @param status {@code POSTED} or {@code PENDING}; absent means posted
 */
public record PluggyTransaction(
        String id,
        String accountId,
        Instant date,
        String description,
        String descriptionRaw,
        BigDecimal amount,
        String currencyCode,
        BigDecimal amountInAccountCurrency,
        String type,
        String status,
        String category,
        String categoryId,
        String providerId,
        PaymentData paymentData,
        Card creditCardMetadata,
        Merchant merchant,
        Instant createdAt,
        Instant updatedAt) {

    /** Who paid whom, and how. */
    public record PaymentData(
            Party payer, Party receiver, String reason, String referenceNumber, String paymentMethod) {}

    /** One side of a payment. */
    public record Party(Document documentNumber, String name, String routingNumberISPB, String routingNumber) {}

    /** {@code type} is CPF or CNPJ. */
    public record Document(String type, String value) {}

    /** What only a card's row has. */
    public record Card(
            Integer installmentNumber,
            Integer totalInstallments,
            BigDecimal totalAmount,
            Instant purchaseDate,
            String payeeMCC,
            String cardNumber,
            String billId,
            String billForecastDate) {}

    /** The shop, where Pluggy knows it. */
    public record Merchant(String name, String businessName, String cnpj, String cnae, String category) {}
}
