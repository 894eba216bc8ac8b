package dev.afluente.connections.notification;

import dev.afluente.connections.support.ScriptedPluggy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** How a bank and a consent stand, as Pluggy tells it, and what a person then has to be told: the model of the tests. */
record Scene(Bank bank, Permission permission) {
    enum Bank {
        WELL("UPDATED", null),
        WRONG_PASSWORD("LOGIN_ERROR", "INVALID_CREDENTIALS"),
        WRONG_TOKEN("LOGIN_ERROR", "INVALID_CREDENTIALS_MFA"),
        ASKS("WAITING_USER_INPUT", null),
        AWAY("OUTDATED", "SITE_NOT_AVAILABLE"),
        LOCKED("OUTDATED", "ACCOUNT_LOCKED"),
        REVOKED("LOGIN_ERROR", "USER_AUTHORIZATION_REVOKED"),
        BEING_READ("UPDATING", null);

        final String status;
        final String code;

        Bank(String status, String code) {
            this.status = status;
            this.code = code;
        }
    }

    enum Permission {
        ENDLESS(null),
        FAR(Duration.ofDays(100)),
        A_MONTH(Duration.ofDays(20)),
        A_WEEK(Duration.ofDays(3)),
        OVER(Duration.ofDays(-1)),
        TAKEN_BACK(Duration.ofDays(100));

        final Duration left;

        Permission(Duration left) {
            this.left = left;
        }
    }

    /** Puts it there. */
    void play(String item, String user, Instant updatedAt) {
        JsonObject told = ScriptedPluggy.item(item, user, bank.status, updatedAt);
        if (bank.code != null) {
            told.put("error", new JsonObject().put("code", bank.code));
        }
        JsonObject consent = new JsonObject()
                .put("id", "3f2a9d5c-6b1e-4c59-8a43-5a2d1b7e0001")
                .put("products", new JsonArray().add("ACCOUNTS").add("CREDIT_CARDS"))
                .put("openFinancePermissionsGranted", new JsonArray().add("ACCOUNTS_ALL"))
                .put("createdAt", "2026-01-05T13:00:10.000Z");
        if (permission.left != null) {
            consent.put("expiresAt", Instant.now().plus(permission.left).toString());
        }
        if (permission == Permission.TAKEN_BACK) {
            consent.put("revokedAt", "2026-03-01T10:00:00.000Z");
        }
        ScriptedPluggy.consents(new JsonArray().add(consent));
    }

    /** Returns what is open afterwards, kind to reason, given what was open before. */
    Map<String, String> open(Map<String, String> before) {
        Map<String, String> open = new TreeMap<>();
        boolean revoked = bank == Bank.REVOKED || permission == Permission.TAKEN_BACK;
        boolean lapsed = revoked || permission == Permission.OVER;
        if (lapsed) {
            open.put(revoked ? "CONSENT_REVOKED" : "CONSENT_EXPIRED", null);
        } else if (permission == Permission.A_MONTH || permission == Permission.A_WEEK) {
            open.put("CONSENT_EXPIRING", permission == Permission.A_MONTH ? "30_DAYS" : "7_DAYS");
        }
        switch (bank) {
            case ASKS -> open.put("MFA_REQUIRED", null);
            case LOCKED -> open.put("ACTION_REQUIRED", bank.code);
            case WRONG_PASSWORD, WRONG_TOKEN -> unless(lapsed, open, "LOGIN_ERROR");
            case AWAY -> unless(lapsed, open, "BANK_UNAVAILABLE");
            case BEING_READ ->
                before.forEach((kind, reason) -> {
                    if (kind.equals("LOGIN_ERROR") || kind.equals("ACTION_REQUIRED") || kind.startsWith("BANK_")) {
                        open.put(kind, reason);
                    }
                });
            default -> {}
        }
        return open;
    }

    private void unless(boolean lapsed, Map<String, String> open, String kind) {
        if (!lapsed) {
            open.put(kind, bank.code);
        }
    }
}
