package dev.afluente.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.Running;
import dev.afluente.local.http.HttpFailure;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.stack.PortPlan.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million rows in one account are read, and after some changes at the bank read again, by a sync-service with the heap that
 * the launcher gives it, less than the 256 MiB it may have. The ledger is the bank's own. The provider's limits stay in force.
 * Only with {@code -Dproofs=full}; {@code -Dproofs.rows} for another size. Linux, for the resident memory.
 */
@EnabledIfSystemProperty(named = "proofs", matches = "full", disabledReason = "takes half an hour")
class LargeAccountIT {
    private static final int ROWS = Integer.getInteger("proofs.rows", 1_000_000);
    private static final Duration PATIENCE = Duration.ofMinutes(60);
    private static final long MIB = 1024 * 1024;
    private static final long HEAP_ALLOWED = 256 * MIB;

    @TempDir
    static Path directory;

    private static Running running;

    private final JsonHttp api = running.api("large-account");
    private long heap;
    private long live;

    @BeforeAll
    static void start() {
        // a read of many minutes is no lost notification
        running = Running.in(directory.resolve("data"), Map.of("AFLUENTE_SWEEP_GRACE", "PT1H"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void isReadInBoundedMemory() throws IOException {
        String token = api.post("/api/banking/connections/create_connect_token", Map.of())
                .path("connect_token")
                .asText();
        String item = running.simulator().connect(token, "user-ok-" + ROWS);
        String connection = api.post("/api/banking/connections/create_from_item", Map.of("item_id", item))
                .path("id")
                .asText();
        JsonNode runs = awaitRuns(1);
        Duration first = took(runs.get(runs.size() - 1));
        running.simulator().change(item, Map.of("add", 200, "change", 200, "remove", 50));
        Duration second = took(awaitRuns(runs.size() + 1).get(0));

        Findings findings =
                LedgerComparison.of(new ApiLedger(api), running.simulator().control(), connection, item);
        long limit = running.metric(Role.SYNC, "jvm_memory_max_bytes{area=\"heap\"");
        System.out.printf(
                "large account: rows=%d first_read_s=%d rows_per_s=%d second_read_s=%d heap_limit_mib=%d peak_heap_mib=%d"
                        + " peak_live_after_gc_mib=%d peak_resident_mib=%d lost=%d double=%d phantom=%d wrong=%d%n",
                findings.rows(),
                first.toSeconds(),
                ROWS / Math.max(1, first.toSeconds()),
                second.toSeconds(),
                limit / MIB,
                heap / MIB,
                live / MIB,
                peakResident() / MIB,
                findings.count(Findings.Kind.LOST),
                findings.count(Findings.Kind.DOUBLE),
                findings.count(Findings.Kind.PHANTOM),
                findings.count(Findings.Kind.WRONG));
        assertThat(findings.equal()).as(findings.toString()).isTrue();
        assertThat(findings.rows()).isGreaterThan(ROWS);
        assertThat(limit).isLessThanOrEqualTo(HEAP_ALLOWED);
    }

    /** Waits until so many runs have ended well and returns them, the newest first. */
    private JsonNode awaitRuns(int ended) {
        JsonNode runs = Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(HttpFailure.class)
                .until(this::runs, found -> found.size() >= ended && allEnded(found));
        for (JsonNode run : runs) {
            assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("SUCCEEDED");
        }
        return runs;
    }

    /** By the service's clock. */
    private static Duration took(JsonNode run) {
        return Duration.between(
                Instant.parse(run.path("started_at").asText()),
                Instant.parse(run.path("finished_at").asText()));
    }

    private JsonNode runs() {
        heap = Math.max(heap, running.metric(Role.SYNC, "jvm_memory_used_bytes{area=\"heap\""));
        live = Math.max(live, running.metric(Role.SYNC, "jvm_gc_live_data_size_bytes"));
        return api.get("/api/banking/sync_runs").path("data");
    }

    private static boolean allEnded(JsonNode runs) {
        for (JsonNode run : runs) {
            if (!run.hasNonNull("finished_at")) {
                return false;
            }
        }
        return true;
    }

    private static long peakResident() throws IOException {
        Path status = Path.of(
                "/proc", Long.toString(running.stack().service(Role.SYNC).pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
