package dev.afluente.connections.provider.pluggy;

import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.LinkState.Consent;
import dev.afluente.connections.provider.LinkState.Institution;
import dev.afluente.connections.provider.LinkState.Product;
import dev.afluente.connections.provider.LinkState.Status;
import dev.afluente.connections.provider.LinkState.Warning;
import dev.afluente.connections.provider.pluggy.refusal.PluggyFailures;
import dev.afluente.connections.provider.pluggy.refusal.PluggyTexts;
import dev.afluente.model.pluggy.wire.PluggyConnector;
import dev.afluente.model.pluggy.wire.PluggyItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** An item as the state of a link. Whatever an item leaves out or words anew is left out or unknown here, never a failure. */
final class PluggyStates {
    private static final int MAX_CODE = 100;
    private static final int MAX_WARNINGS = 20;

    private PluggyStates() {}

    static LinkState of(PluggyItem item) {
        return of(item, null);
    }

    /** @param consent what the consents of the item say; null when they were not asked for or there are none */
    static LinkState of(PluggyItem item, Consent consent) {
        if (item.id() == null) {
            throw PluggyFailures.unreadable();
        }
        Status status = status(item.status());
        return new LinkState(
                institution(item.connector()),
                status,
                item.error() == null ? null : PluggyTexts.clean(item.error().code(), MAX_CODE),
                products(item, status),
                PluggyConsents.asTold(item, consent == null ? consent(item) : consent),
                PluggyNeeds.of(item, status),
                item.nextAutoSyncAt(),
                orEpoch(PluggyTexts.latest(item.updatedAt(), item.lastUpdatedAt(), item.createdAt())));
    }

    private static Status status(String status) {
        return switch (status == null ? "" : status) {
            case "UPDATING", "MERGING" -> Status.UPDATING;
            case "UPDATED" -> Status.UPDATED;
            case "OUTDATED" -> Status.OUTDATED;
            case "WAITING_USER_INPUT" -> Status.WAITING_USER_INPUT;
            case "WAITING_USER_ACTION" -> Status.WAITING_USER_ACTION;
            case "LOGIN_ERROR" -> Status.LOGIN_ERROR;
            case "ERROR" -> Status.ERROR;
            default -> Status.UNKNOWN;
        };
    }

    private static Institution institution(PluggyConnector connector) {
        if (connector == null) {
            return new Institution(null, "Banco", null, null);
        }
        String name = PluggyTexts.clean(connector.name(), 200);
        return new Institution(
                Objects.toString(connector.id(), null),
                name == null ? "Banco" : name,
                PluggyTexts.link(connector.imageUrl()),
                PluggyTexts.color(connector.primaryColor()));
    }

    /** A consent is an Open Finance matter, but an expiry that is told is always worth showing. */
    private static Consent consent(PluggyItem item) {
        boolean openFinance =
                item.connector() != null && Boolean.TRUE.equals(item.connector().isOpenFinance());
        return openFinance || item.consentExpiresAt() != null
                ? new Consent(null, null, null, item.consentExpiresAt(), null)
                : null;
    }

    /** What was asked for counts as read with the item as a whole; {@code statusDetail} knows better where it is given. */
    private static List<Product> products(PluggyItem item, Status status) {
        Map<String, Product> products = new TreeMap<>();
        for (String name : item.products() == null ? List.<String>of() : item.products()) {
            String product = PluggyTexts.product(name);
            if (product != null) {
                products.put(product, new Product(product, item.lastUpdatedAt(), status == Status.UPDATED, List.of()));
            }
        }
        if (item.statusDetail() != null) {
            item.statusDetail().forEach((name, detail) -> {
                String product = PluggyTexts.product(name);
                if (product != null && detail != null) {
                    products.put(product, product(product, detail));
                }
            });
        }
        return List.copyOf(products.values());
    }

    private static Product product(String product, PluggyItem.ProductStatus detail) {
        return new Product(
                product, detail.lastUpdatedAt(), Boolean.TRUE.equals(detail.isUpdated()), warnings(detail.warnings()));
    }

    private static List<Warning> warnings(List<PluggyItem.Warning> warnings) {
        return warnings == null
                ? List.of()
                : warnings.stream()
                        .filter(Objects::nonNull)
                        .limit(MAX_WARNINGS)
                        .map(warning -> new Warning(
                                PluggyTexts.clean(warning.code(), MAX_CODE), PluggyTexts.clean(warning.message(), 500)))
                        .toList();
    }

    private static Instant orEpoch(Instant moment) {
        return moment == null ? Instant.EPOCH : moment;
    }
}
