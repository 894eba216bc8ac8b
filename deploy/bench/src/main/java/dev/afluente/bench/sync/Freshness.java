package dev.afluente.bench.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.bench.report.Finding;
import dev.afluente.bench.report.Sample;
import dev.afluente.bench.world.World;
import dev.afluente.local.http.JsonHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * From the arrival of a webhook at the gateway until the row it tells of is readable through the API, with nothing else
 * going on. The reads from the simulator are within.
 */
public final class Freshness {
    private static final int ROWS = 600;

    private final World world;

    public Freshness(World world) {
        this.world = world;
    }

    public Finding measure(int times) {
        String user = "bench-" + UUID.randomUUID();
        String item = world.itemOf(user, "user-ok-" + ROWS);
        String connection = world.connects(user, item);
        world.firstRun(user, connection);
        JsonHttp api = world.api(user);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < times + 3; i++) {
            if (i % 10 == 0) {
                world.say("Webhook to readable row, " + i + " of " + (times + 3));
            }
            double took = once(api, item);
            // The first few warm the way up.
            if (i >= 3) {
                millis.add(took);
            }
            // Idle means that the last change's later webhooks have had their runs.
            LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
        }
        Sample sample = new Sample(millis);
        return new Finding(
                "webhook to row readable through the API, idle system",
                "p95 " + Sample.number(sample.percentile(95)) + " ms",
                "p95 below 500 ms",
                List.of(
                        "from the webhook's arrival: " + sample.told() + " ms",
                        "100 ms of it is the wait that gathers an update's notifications into one run"));
    }

    private double once(JsonHttp api, String item) {
        Instant before = Instant.now();
        JsonNode changed = world.bank().post("/sandbox/items/" + item + "/transactions", Map.of("add", 1));
        String row = changed.path("accounts").path(0).path("created").path(0).asText();
        Instant[] arrived = new Instant[1];
        return world.await("the row of a webhook", () -> {
            Instant last = world.gateway().lastWebhook().orElse(before);
            if (arrived[0] == null && last.isAfter(before)) {
                arrived[0] = last;
            }
            // A new row may be dated some days back.
            for (JsonNode shown : api.get("/api/banking/transactions?limit=200").path("data")) {
                if (shown.path("provider_id").asText().equals(row) && arrived[0] != null) {
                    return Duration.between(arrived[0], Instant.now()).toNanos() / 1e6;
                }
            }
            return null;
        });
    }
}
