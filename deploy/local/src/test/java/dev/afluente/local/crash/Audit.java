package dev.afluente.local.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.Running;
import dev.afluente.local.http.HttpFailure;
import dev.afluente.local.ledger.ApiLedger;
import dev.afluente.local.ledger.Findings;
import dev.afluente.local.ledger.LedgerComparison;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds every person's ledger against their bank's, and whatever was answered during the storm against what is. */
final class Audit {
    private final Map<Findings.Kind, Long> kinds = new EnumMap<>(Findings.Kind.class);
    private final List<String> complaints = new ArrayList<>();
    private final Running running;
    private long rows;

    private Audit(Running running) {
        this.running = running;
    }

    static Audit of(Running running, List<Life> lives) {
        Audit audit = new Audit(running);
        lives.forEach(audit::life);
        return audit;
    }

    private void life(Life life) {
        for (Link link : life.links) {
            compare(life, link);
            if (link.login().isOpenFinance()
                    && !life.caller
                            .api()
                            .get(link.path() + "/consent")
                            .path("valid_now")
                            .asBoolean()) {
                complaints.add("the renewed consent is not known");
            }
        }
        life.left.forEach(link -> left(life, link));
        life.runs.forEach(run -> ended(life, run));
        complaints.addAll(life.notes.complaints(shown(life), life.rowsMayGo()));
        complaints.addAll(life.caller.strange());
    }

    private void compare(Life life, Link link) {
        Findings findings = LedgerComparison.of(
                new ApiLedger(life.caller.api()), running.simulator().control(), link.connectionId(), link.itemId());
        rows += findings.rows();
        for (Findings.Kind kind : Findings.Kind.values()) {
            kinds.merge(kind, findings.count(kind), Long::sum);
        }
        complaints.addAll(findings.first());
    }

    private void ended(Life life, String run) {
        try {
            if (!life.caller.api().get("/api/banking/sync_runs/" + run).hasNonNull("finished_at")) {
                complaints.add("run " + run + " has not ended");
            }
        } catch (HttpFailure e) {
            complaints.add("run " + run + " that was promised: " + e.getMessage());
        }
    }

    private void left(Life life, Link link) {
        try {
            life.caller.api().get(link.path());
            complaints.add("connection " + link.connectionId() + " is there although its owner left");
        } catch (HttpFailure e) {
            if (e.status() != 404) {
                complaints.add("the left connection " + link.connectionId() + ": " + e.getMessage());
            }
        }
        if (running.simulator().knows(link.itemId())) {
            complaints.add("item " + link.itemId() + " is not revoked at the provider");
        }
    }

    private static Map<String, JsonNode> shown(Life life) {
        Map<String, JsonNode> shown = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = life.caller.api().get("/api/banking/transactions?limit=500" + cursor);
            page.path("data").forEach(row -> shown.put(row.path("id").asText(), row));
            cursor = page.path("next_cursor").isTextual()
                    ? "&cursor=" + page.path("next_cursor").asText()
                    : null;
        } while (cursor != null);
        return shown;
    }

    /** What is not as it must be; empty when all is well. */
    List<String> complaints() {
        return complaints;
    }

    String figures() {
        return "rows=%d lost=%d double=%d phantom=%d wrong=%d"
                .formatted(
                        rows,
                        kinds.getOrDefault(Findings.Kind.LOST, 0L),
                        kinds.getOrDefault(Findings.Kind.DOUBLE, 0L),
                        kinds.getOrDefault(Findings.Kind.PHANTOM, 0L),
                        kinds.getOrDefault(Findings.Kind.WRONG, 0L));
    }
}
