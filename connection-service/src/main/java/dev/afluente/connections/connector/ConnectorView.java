package dev.afluente.connections.connector;

import dev.afluente.connections.provider.Bank;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A bank as the list of banks shows it.
 *
 * @param health {@code online}, {@code unstable}, {@code offline} or {@code unknown}
 */
public record ConnectorView(
        String id,
        String name,
        @Schema(nullable = true) String logo,
        @Schema(nullable = true) String color,
        @Schema(nullable = true) String type,
        List<String> products,
        boolean mfa,
        boolean oauth,
        boolean openFinance,
        String health) {

    static ConnectorView of(Bank bank) {
        return new ConnectorView(
                bank.id(),
                bank.name(),
                bank.logo(),
                bank.color(),
                bank.type(),
                bank.products(),
                bank.mfa(),
                bank.oauth(),
                bank.openFinance(),
                bank.health().name().toLowerCase(Locale.ROOT));
    }
}
