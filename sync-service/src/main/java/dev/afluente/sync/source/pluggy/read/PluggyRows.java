package dev.afluente.sync.source.pluggy.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.pluggy.PluggyPages.Cursored;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.SourcePage.SetAside;
import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.source.account.SourceAccount;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a page row by row, so that a row that cannot be read is set aside with its reason and costs the others nothing.
 * Additional members that cannot be read cost not even their row ({@link LenientRow}).
 */
public final class PluggyRows {
    private static final int MAX_KEPT_CHARS = 8_192;
    private static final Pattern AFTER = Pattern.compile("[?&]after=([^&]*)");
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final PluggyTransactions transactions;

    public PluggyRows(SourceAccount account) {
        this.transactions = new PluggyTransactions(account);
    }

    /** Pluggy writes instants with exactly three digits; asked with more, it may not find what it wrote. */
    public static String instant(Instant instant) {
        return INSTANT.format(instant);
    }

    public SourcePage read(Cursored page) {
        List<JsonNode> rows = page.results() == null ? List.of() : page.results();
        // A row may come twice when rows are added while paging: the later one is the newer one.
        Map<String, SourceTransaction> readable = new LinkedHashMap<>(rows.size() * 2);
        List<SetAside> setAside = new ArrayList<>();
        for (JsonNode row : rows) {
            try {
                SourceTransaction transaction = transactions.read(LenientRow.decode(row));
                readable.remove(transaction.providerId());
                readable.put(transaction.providerId(), transaction);
            } catch (UnreadableRow e) {
                setAside.add(new SetAside(key(row), e.reason(), cut(row.toString())));
            } catch (RuntimeException e) {
                // A row nobody has thought of must not cost its page.
                setAside.add(new SetAside(key(row), "unreadable_row", cut(row.toString())));
            }
        }
        return new SourcePage(List.copyOf(readable.values()), setAside, cursor(page.next()));
    }

    public static String key(JsonNode row) {
        String id = row.path("id").asText("");
        return id.isBlank() || id.length() > PluggyTransactions.MAX_ID || !PluggyTransactions.isStorable(id)
                ? UUID.nameUUIDFromBytes(row.toString().getBytes(StandardCharsets.UTF_8))
                        .toString()
                : id;
    }

    public static String cut(String data) {
        // PostgreSQL's text takes no NUL.
        String clean = data.replace("\u0000", "").replace("\\u0000", "");
        return clean.length() <= MAX_KEPT_CHARS ? clean : clean.substring(0, MAX_KEPT_CHARS);
    }

    /** {@code next} repeats the whole query; only the cursor is taken from it, so no answer can send the key elsewhere. */
    private static String cursor(String next) {
        if (next == null) {
            return null;
        }
        Matcher after = AFTER.matcher(next);
        if (!after.find()) {
            return null;
        }
        // A plus is a plus in Pluggy's cursor, not a space.
        return URLDecoder.decode(after.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
