package dev.afluente.connections.provider;

import java.util.List;

/**
 * A bank a person can connect. Optional members are null when the provider does not tell.
 *
 * @param id the provider's id of the bank, opaque
 * @param color as CSS writes it, e.g. {@code #EC7000}
 * @param type e.g. {@code PERSONAL_BANK}; an open enumeration
 * @param products what can be read there, e.g. {@code ACCOUNTS}; an open enumeration
 * @param mfa whether the bank may ask for a second factor
 * @param oauth whether the person logs in at the bank's own site
 * @param openFinance whether it is reached through Open Finance Brasil
 */
public record Bank(
        String id,
        String name,
        String logo,
        String color,
        String type,
        List<String> products,
        boolean mfa,
        boolean oauth,
        boolean openFinance,
        Health health) {

    /** How well the bank answers at the moment. */
    public enum Health {
        ONLINE,
        UNSTABLE,
        OFFLINE,
        UNKNOWN
    }
}
