package dev.afluente.connections.provider.pluggy;

import dev.afluente.connections.provider.Bank;
import dev.afluente.connections.provider.Bank.Health;
import dev.afluente.connections.provider.pluggy.refusal.PluggyFailures;
import dev.afluente.connections.provider.pluggy.refusal.PluggyTexts;
import dev.afluente.model.pluggy.wire.PluggyConnector;
import java.util.List;
import java.util.Objects;

/** Pluggy's connectors as banks. A connector without id or name cannot be offered and is left out. */
final class PluggyBanks {
    private PluggyBanks() {}

    static List<Bank> of(List<PluggyConnector> connectors) {
        if (connectors == null) {
            throw PluggyFailures.unreadable();
        }
        return connectors.stream()
                .filter(connector ->
                        connector != null && connector.id() != null && PluggyTexts.clean(connector.name(), 200) != null)
                .map(PluggyBanks::bank)
                .toList();
    }

    private static Bank bank(PluggyConnector connector) {
        return new Bank(
                connector.id().toString(),
                PluggyTexts.clean(connector.name(), 200),
                PluggyTexts.link(connector.imageUrl()),
                PluggyTexts.color(connector.primaryColor()),
                PluggyTexts.clean(connector.type(), 60),
                products(connector.products()),
                Boolean.TRUE.equals(connector.hasMFA()),
                Boolean.TRUE.equals(connector.oauth()),
                Boolean.TRUE.equals(connector.isOpenFinance()),
                health(connector.health()));
    }

    private static List<String> products(List<String> names) {
        return names == null
                ? List.of()
                : names.stream()
                        .map(PluggyTexts::product)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
    }

    private static Health health(PluggyConnector.Health health) {
        String status = health == null || health.status() == null ? "" : health.status();
        return switch (status) {
            case "ONLINE" -> Health.ONLINE;
            case "UNSTABLE" -> Health.UNSTABLE;
            case "OFFLINE" -> Health.OFFLINE;
            default -> Health.UNKNOWN;
        };
    }
}
