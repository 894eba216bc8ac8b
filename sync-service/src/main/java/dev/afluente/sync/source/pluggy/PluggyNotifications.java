package dev.afluente.sync.source.pluggy;

import dev.afluente.model.pluggy.wire.PluggyJson;
import dev.afluente.model.pluggy.wire.PluggyNotification;
import dev.afluente.sync.source.Change;
import dev.afluente.sync.source.Source.Told;
import dev.afluente.sync.source.pluggy.read.PluggyTransactions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Pluggy's event kinds mean for reading. */
final class PluggyNotifications {
    private static final Set<String> COLLECTED = Set.of("item/created", "item/updated");
    private static final String ROWS_CREATED = "transactions/created";
    private static final Set<String> ROWS_TOUCHED = Set.of("transactions/updated", "transactions/deleted");

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private PluggyNotifications() {}

    static Change interpret(String kind, byte[] body) {
        if (COLLECTED.contains(kind)) {
            return new Change.Collected();
        }
        if (!kind.equals(ROWS_CREATED) && !ROWS_TOUCHED.contains(kind)) {
            return new Change.Nothing();
        }
        try {
            PluggyNotification told = PluggyJson.MAPPER.readValue(body, PluggyNotification.class);
            return told == null || told.accountId() == null ? new Change.Anything() : named(kind, told);
        } catch (IOException e) {
            return new Change.Anything();
        }
    }

    /** Items are UUIDs, which are the same in capitals (RFC 9562, 4); connection-service tells them in small letters. */
    static String link(String told) {
        return UUID.matcher(told).matches() ? told.toLowerCase(Locale.ROOT) : told;
    }

    static Optional<Told> read(byte[] body) {
        try {
            PluggyNotification told = PluggyJson.MAPPER.readValue(body, PluggyNotification.class);
            return told == null || !isPlain(told.itemId()) || !isPlain(told.event())
                    ? Optional.empty()
                    : Optional.of(new Told(link(told.itemId()), told.event()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(String value) {
        return value != null && value.length() <= PluggyTransactions.MAX_ID && value.indexOf('\0') < 0;
    }

    private static Change named(String kind, PluggyNotification told) {
        if (kind.equals(ROWS_CREATED)) {
            return told.transactionsCreatedAtFrom() == null
                    ? new Change.Anything()
                    : new Change.TakenIn(told.accountId(), told.transactionsCreatedAtFrom());
        }
        List<String> ids = told.transactionIds() == null
                ? List.of()
                : told.transactionIds().stream().filter(Objects::nonNull).toList();
        return ids.isEmpty() ? new Change.Anything() : new Change.Touched(told.accountId(), ids);
    }
}
