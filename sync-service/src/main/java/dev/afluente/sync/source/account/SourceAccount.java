package dev.afluente.sync.source.account;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * An account or card in the ledger's own words.
 *
 * @param providerId the provider's id
 * @param type {@code BANK} or {@code CREDIT}
 * @param balance as the provider states it; null when it does not
 * @param credit only for cards
 * @param printed what identifies it at its bank
 */
public record SourceAccount(
        String providerId,
        String type,
        String subtype,
        String name,
        String number,
        String currency,
        BigDecimal balance,
        Credit credit,
        Printed printed) {

    /**
     * What identifies an account whoever reads it; every field may be null. Personal data, never stored as it is.
     *
     * @param holder CPF or CNPJ
     * @param bank the bank's COMPE code or ISPB
     * @param number with its check digit; of a card what is shown of it
     */
    public record Printed(String holder, String bank, String branch, String number) {
        /** Nothing is told. */
        public static final Printed NOTHING = new Printed(null, null, null, null);

        private static final Pattern CODE = Pattern.compile("\\d{3}|\\d{8}");

        /** The bank as files and transfers name it, which is nobody's secret; null when it is neither of the two codes. */
        public String bankCode() {
            return bank != null && CODE.matcher(bank).matches() ? bank : null;
        }
    }

    /** What only a card has; every field may be null. */
    public record Credit(
            BigDecimal limit,
            BigDecimal available,
            BigDecimal minimumPayment,
            LocalDate closingDay,
            LocalDate dueDay,
            String brand) {}

    /** Tells whether this is a card. */
    public boolean isCard() {
        return type.equals("CREDIT");
    }
}
