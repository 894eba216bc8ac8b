package dev.afluente.sandbox.restart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.http.Json;
import dev.afluente.sandbox.pluggy.Client;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest ledger within the smallest heap: 128 MiB. */
class MillionRowsIT {

    private static final Logger LOG = Logger.getLogger(MillionRowsIT.class);
    private static final int ROWS = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void aMillionRowsAreServedWithin128MebibytesOfHeap() throws Exception {
        try (Simulator simulator =
                Simulator.start(directory, "sandbox.items.step=5ms", "sandbox.rate-limits.enabled=false")) {
            Client pluggy = Client.application(simulator.base());
            String item = pluggy.connected(2, "user-ok-" + ROWS).get("id").asText();
            String account = pluggy.accounts(item).get(0).get("id").asText();
            assertThat(ledgerIds(simulator.base(), item)).isEqualTo(ROWS);

            String deep = deepCursor(pluggy, account);
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Instant before = Instant.now();
                JsonNode page = pluggy.ok("/v2/transactions" + (i % 2 == 0 ? "?accountId=" + account : deep));
                millis.add(Duration.between(before, Instant.now()).toMillis());
                assertThat(page.get("results")).hasSize(500);
            }
            millis.sort(null);
            LOG.infof(
                    "a page of 500 rows, parsed by the reader: median %d ms, worst %d ms",
                    millis.get(100), millis.get(199));
            assertThat(simulator.isAlive()).isTrue();
            assertThat(simulator.log()).doesNotContain("ERROR", "has been blocked");
        }
    }

    private static String deepCursor(Client pluggy, String account) {
        String to = "2020-01-01";
        JsonNode none = pluggy.ok("/v2/transactions?accountId=" + account + "&dateTo=" + to);
        assertThat(none.get("results")).isEmpty();
        String day = Instant.now().minus(Duration.ofDays(200)).toString().substring(0, 10);
        return "?accountId=" + account + "&dateTo=" + day;
    }

    /** Counts the first account's rows without keeping them. */
    private static int ledgerIds(String base, String item) throws Exception {
        int objects = 0;
        try (InputStream in = URI.create(base + "/sandbox/ledger?item_id=" + item)
                        .toURL()
                        .openStream();
                JsonParser json = Json.MAPPER.createParser(in)) {
            boolean inside = false;
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY && "transactions".equals(json.currentName())) {
                    inside = true;
                    depth = 0;
                } else if (inside && token == JsonToken.START_OBJECT) {
                    objects += depth++ == 0 ? 1 : 0;
                } else if (inside && token == JsonToken.END_OBJECT) {
                    depth--;
                } else if (inside && token == JsonToken.END_ARRAY && depth == 0) {
                    return objects;
                }
            }
        }
        return -1;
    }
}
