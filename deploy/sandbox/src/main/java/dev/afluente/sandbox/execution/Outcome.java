package dev.afluente.sandbox.execution;

import java.util.Map;

/**
 * How an execution ends, which the sandbox user decides (docs.pluggy.ai, "Sandbox").
 *
 * @param code the execution status: SUCCESS, PARTIAL_SUCCESS or an error code
 * @param message null for the good ends
 * @param status the item's status in the end
 * @param rows of the first account, 0 for a household's ledger
 */
public record Outcome(String code, String message, String providerMessage, String status, int rows) {

    private static final int LEAST_ROWS = 10;
    private static final int MOST_ROWS = 1_000_000;
    private static final int PERF_BASE = 120;
    private static final int PERF_MOST = 5000;
    private static final String LOGIN_ERROR = "LOGIN_ERROR";
    private static final String OUTDATED = "OUTDATED";

    private static final Outcome WRONG = bad("INVALID_CREDENTIALS", "Invalid credentials.", LOGIN_ERROR);

    private static final Map<String, Outcome> BY_USER = Map.ofEntries(
            Map.entry("user-ok", good("SUCCESS", 0)),
            Map.entry("user-ok-account-error", good("PARTIAL_SUCCESS", 0)),
            Map.entry("user-ok-account-warning", good("SUCCESS", 0)),
            Map.entry("user-ok-consent-revoked", good("SUCCESS", 0)),
            Map.entry(
                    "user-logged",
                    bad("ALREADY_LOGGED_IN", "The user already has an open session at the institution.", OUTDATED)),
            Map.entry("user-locked", bad("ACCOUNT_LOCKED", "The account is locked at the institution.", LOGIN_ERROR)),
            Map.entry("user-error", bad("UNEXPECTED_ERROR", "An unexpected error happened.", OUTDATED)),
            Map.entry(
                    "user-unavailable",
                    bad("SITE_NOT_AVAILABLE", "The institution's site is not available.", OUTDATED)),
            Map.entry(
                    "user-account-need-actions",
                    bad("ACCOUNT_NEEDS_ACTION", "The institution asks the user to act in its app.", OUTDATED)),
            Map.entry(
                    "user-account-need-actions-provider-message",
                    new Outcome(
                            "ACCOUNT_NEEDS_ACTION",
                            "The institution asks the user to act in its app.",
                            "Aceite os novos termos de uso no aplicativo do banco.",
                            OUTDATED,
                            0)),
            Map.entry(
                    "user-connection-error",
                    bad("CONNECTION_ERROR", "Connectivity error, please try again.", OUTDATED)),
            Map.entry(
                    "user-account-credentials-reset",
                    bad("ACCOUNT_CREDENTIALS_RESET", "The credentials must be reset.", LOGIN_ERROR)),
            Map.entry("user-not-supported", bad("USER_NOT_SUPPORTED", "The user is not supported.", LOGIN_ERROR)),
            Map.entry(
                    "user-authorization-pending",
                    bad("USER_AUTHORIZATION_PENDING", "Another holder must authorise the sharing.", LOGIN_ERROR)));

    private static Outcome good(String code, int rows) {
        return new Outcome(code, null, null, "UPDATED", rows);
    }

    static Outcome bad(String code, String message, String status) {
        return new Outcome(code, message, null, status, 0);
    }

    /** {@code password} is ignored where the institution has its own page. */
    public static Outcome of(String user, String password, boolean ownPage) {
        if (!ownPage && !"password-ok".equals(password)) {
            return WRONG;
        }
        Outcome known = BY_USER.get(user);
        return known == null ? numbered(user) : known;
    }

    /** {@code user-ok-N} and {@code user-ok-perf-N}; anybody else is unknown at the bank. */
    private static Outcome numbered(String user) {
        String digits = user.replaceFirst("^user-ok-(perf-)?", "");
        if (!user.startsWith("user-ok-") || !digits.matches("[1-9]\\d{0,6}")) {
            return WRONG;
        }
        int number = Integer.parseInt(digits);
        if (user.startsWith("user-ok-perf-")) {
            return good("SUCCESS", Math.min(PERF_MOST, number * PERF_BASE));
        }
        return number < LEAST_ROWS || number > MOST_ROWS ? WRONG : good("SUCCESS", number);
    }

    public boolean isGood() {
        return message == null;
    }

    /** Whether the institution refuses before it looks at any account. */
    boolean refusesLogin() {
        return !isGood() && !code.equals("UNEXPECTED_ERROR");
    }
}
