package dev.afluente.model.pluggy.wire;

import java.math.BigDecimal;

/** An account or card as Pluggy answers it (OpenAPI schema {@code Account}). Every field may be absent. */
public record PluggyAccount(
        String id,
        String itemId,
        String type,
        String subtype,
        String number,
        String name,
        String marketingName,
        String owner,
        String taxNumber,
        BigDecimal balance,
        String currencyCode,
        BankData bankData,
        CreditData creditData) {

    /** @param transferNumber branch/account, with the bank's COMPE code in front where its connector tells it */
    public record BankData(
            String transferNumber,
            BigDecimal closingBalance,
            BigDecimal automaticallyInvestedBalance,
            BigDecimal overdraftContractedLimit,
            BigDecimal overdraftUsedLimit) {}

    /** The dates come as a day or as an instant: kept as text until read. */
    public record CreditData(
            String level,
            String brand,
            String balanceCloseDate,
            String balanceDueDate,
            BigDecimal availableCreditLimit,
            BigDecimal minimumPayment,
            BigDecimal creditLimit,
            String status,
            String holderType) {}
}
