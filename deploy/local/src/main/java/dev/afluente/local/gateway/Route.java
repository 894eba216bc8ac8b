package dev.afluente.local.gateway;

import dev.afluente.local.stack.PortPlan.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which service answers a path. The same table stands in the production gateway's manifests; a change of one is a change of
 * both.
 */
final class Route {
    private static final Set<String> SYNC_RESOURCES = Set.of(
            "accounts",
            "transactions",
            "bills",
            "installments",
            "categories",
            "category_rules",
            "sync_runs",
            "decisions",
            "dashboard",
            "events",
            "transfers");
    private static final Set<String> SYNC_PLUGGY_ACTIONS = Set.of("status", "sync");

    private Route() {}

    /** Empty when nobody answers the path. A slash at the end changes nothing. */
    static Optional<Role> of(String path) {
        if (!path.startsWith("/api/")) {
            return Optional.empty();
        }
        List<String> parts = List.of(path.substring("/api/".length()).split("/"));
        if (parts.get(0).equals("banking") && parts.size() > 1) {
            if (parts.get(1).equals("webhooks")) {
                return Optional.of(Role.WEBHOOK);
            }
            if (SYNC_RESOURCES.contains(parts.get(1)) || isSyncedAccount(parts)) {
                return Optional.of(Role.SYNC);
            }
        }
        return Optional.of(Role.CONNECTION);
    }

    private static boolean isSyncedAccount(List<String> parts) {
        return parts.size() == 5
                && parts.get(1).equals("pluggy")
                && parts.get(2).equals("accounts")
                && SYNC_PLUGGY_ACTIONS.contains(parts.get(4));
    }
}
