package dev.afluente.sandbox.statement;

import dev.afluente.sandbox.brazil.Bank;
import java.math.BigDecimal;

/** A transfer or a boleto: {@code method} is PIX, TED or BOLETO; {@code boleto} is null for the first two. */
public record Payment(String method, Party payer, Party receiver, String reason, String reference, Boleto boleto) {

    /** {@code document} is a formatted CPF or CNPJ. The account parts are null where the institution keeps them back. */
    public record Party(String name, String document, String branch, String account, Bank bank) {

        public String documentType() {
            return document.length() == 14 ? "CPF" : "CNPJ";
        }
    }

    /** {@code line} has 47 digits, {@code barcode} 44. */
    public record Boleto(String line, String barcode, BigDecimal base, BigDecimal interest, BigDecimal penalty) {}
}
