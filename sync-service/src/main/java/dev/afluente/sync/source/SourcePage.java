package dev.afluente.sync.source;

import java.util.List;

/**
 * A page of transactions.
 *
 * @param rows no provider id twice
 * @param setAside rows that could not be read; they cost the page nothing
 * @param next the cursor of the next page; null on the last
 */
public record SourcePage(List<SourceTransaction> rows, List<SetAside> setAside, String next) {
    /**
     * A row that could not be read.
     *
     * @param key the provider's id where it has one, otherwise a hash of the row
     * @param reason a stable code, e.g. {@code missing_date}
     * @param data the row as it came, cut to a bounded length
     */
    public record SetAside(String key, String reason, String data) {}
}
