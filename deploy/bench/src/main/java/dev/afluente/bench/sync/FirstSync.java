package dev.afluente.bench.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.bench.report.Sample;
import dev.afluente.bench.world.World;
import dev.afluente.local.http.JsonHttp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A person's first sync of one account with many rows: from the moment the run is queued until the last row is committed;
 * then how long pages of fifty take, anywhere in the account.
 */
final class FirstSync {
    private static final int PAGES = 200;

    private final World world;

    FirstSync(World world) {
        this.world = world;
    }

    /** One first sync. */
    record Synced(String user, String item, String account, int rows, double seconds) {
        double rate() {
            return rows / seconds;
        }
    }

    Synced of(int rows) {
        String user = "bench-" + UUID.randomUUID();
        String item = world.itemOf(user, "user-ok-" + rows);
        String connection = world.connects(user, item);
        JsonNode run = world.firstRun(user, connection);
        double seconds = Duration.between(time(run, "queued_at"), time(run, "finished_at"))
                        .toNanos()
                / 1e9;
        int imported = run.path("counts").path("imported").asInt();
        return new Synced(user, item, account(user), imported, seconds);
    }

    private String account(String user) {
        for (JsonNode account : world.api(user).get("/api/banking/accounts").path("data")) {
            if (account.path("type").asText().equals("BANK")) {
                return account.path("id").asText();
            }
        }
        throw new IllegalStateException("The account is not there");
    }

    /** Milliseconds for pages of fifty, one after the other from the newest row on. */
    Sample pages(Synced synced) {
        JsonHttp api = world.api(synced.user());
        String path = "/api/banking/transactions?limit=50&account_id=" + synced.account();
        List<Double> times = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page < PAGES; page++) {
            long began = System.nanoTime();
            JsonNode answer = api.get(
                    cursor == null ? path : path + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
            times.add((System.nanoTime() - began) / 1e6);
            cursor = answer.path("next_cursor").isTextual()
                    ? answer.path("next_cursor").asText()
                    : null;
        }
        return new Sample(times);
    }

    private static Instant time(JsonNode run, String field) {
        return Instant.parse(run.path(field).asText());
    }
}
