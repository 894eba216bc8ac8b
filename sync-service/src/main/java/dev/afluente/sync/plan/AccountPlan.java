package dev.afluente.sync.plan;

import dev.afluente.sync.source.Window;
import java.util.List;

/**
 * What to read of one account.
 *
 * @param windows read one after the other; a window by date is also compared with the ledger, so that what is missing
 *     at the provider is found
 * @param named single rows to ask for
 * @param complete whether this reads everything that may be new, so that the watermark may move
 */
public record AccountPlan(List<Window> windows, List<String> named, boolean complete) {
    static final AccountPlan NOTHING = new AccountPlan(List.of(), List.of(), false);

    /** Tells whether everything the provider has is read. */
    public boolean everything() {
        return windows.stream().anyMatch(Window.Everything.class::isInstance);
    }
}
