package dev.afluente.sandbox.connector;

import java.util.List;

/** An institution one can connect. */
public record Connector(
        int id, String name, String type, String color, Flow flow, boolean openFinance, boolean sandbox) {

    static final List<String> PRODUCTS =
            List.of("ACCOUNTS", "CREDIT_CARDS", "TRANSACTIONS", "PAYMENT_DATA", "IDENTITY");

    /** How a person gets in. */
    public enum Flow {
        /** User and password. */
        DIRECT,
        /** User, password and a token, which must be new at every update. */
        MFA_ONE_STEP,
        /** User and password, then a challenge of the kind named. */
        MFA_NUMBER,
        MFA_TEXT,
        MFA_SELECT,
        MFA_IMAGE,
        /** User and password, then a QR code to scan with the bank's app. */
        QR,
        /** CPF or CNPJ, then the bank's own page. */
        OAUTH;

        public boolean asksBack() {
            return this == MFA_NUMBER || this == MFA_TEXT || this == MFA_SELECT || this == MFA_IMAGE;
        }

        public boolean asksForAction() {
            return this == QR || this == OAUTH;
        }
    }

    public boolean isBusiness() {
        return type.equals("BUSINESS_BANK");
    }

    public List<String> products() {
        return PRODUCTS;
    }
}
