package dev.afluente.sandbox.brazil;

/** A shop or a company. {@code low} and {@code high} bound what one spends there, in centavos. */
public record Merchant(String name, String businessName, String cnpj, String cnae, String mcc, Spending spending) {

    public record Spending(String categoryId, int low, int high) {}
}
