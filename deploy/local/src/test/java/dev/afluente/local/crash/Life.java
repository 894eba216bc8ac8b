package dev.afluente.local.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.Running;
import dev.afluente.local.demo.Simulator;
import dev.afluente.local.http.HttpFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A person who uses the product while it is being killed, and remembers each answer: syncs, notes, connecting, leaving,
 * renewing a consent. Meanwhile their bank moves and notifies. Runs in one thread until {@link #end}; what is begun is finished.
 */
final class Life implements Runnable {
    /** While services are killed faster than Kafka gives up on the dead, nothing need get through: it counts from the end. */
    private static final Duration RENEWAL = Duration.ofMinutes(2);

    private static final int FIRST_GUEST = 1_001;

    private final Simulator simulator;
    private final Link.Login login;
    private final Bank bank;
    private final Random random;
    private final CountDownLatch end = new CountDownLatch(1);
    final Caller caller;
    final Notes notes = new Notes();
    final List<Link> links = new ArrayList<>();
    final List<Link> left = new ArrayList<>();
    final List<String> runs = new ArrayList<>();
    private Link guest;
    private volatile JsonNode lastAnswer;
    private volatile Instant patience = Instant.MAX;
    private int written;
    private int guests;
    int renewals;
    int changes;

    /** What a bank does to its rows beside adding some. */
    enum Bank {
        /** corrects them */
        CORRECTS,
        /** corrects them, books pending ones and takes some away */
        REMOVES,
        /** gives all of them other ids; a row that was corrected as well could not be known again with certainty */
        RENUMBERS
    }

    Life(Running running, String name, Link.Login login, Bank bank, Random random) {
        this.simulator = running.simulator();
        this.caller = new Caller(running, name);
        this.login = login;
        this.bank = bank;
        this.random = random;
    }

    @Override
    public void run() {
        links.add(Link.made(caller, simulator, login));
        while (!over(50 + random.nextInt(300))) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> theBankMoves();
                case 3, 4, 5, 6 -> writesANote();
                case 7, 8 -> asksForASync();
                default -> comesOrGoes();
            }
        }
    }

    private boolean over(int millis) {
        try {
            return end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Nothing new is begun. */
    void end() {
        patience = Instant.now().plus(RENEWAL);
        end.countDown();
    }

    boolean rowsMayGo() {
        return bank == Bank.REMOVES;
    }

    private void theBankMoves() {
        Map<String, Object> what = new HashMap<>();
        what.put("add", 1 + random.nextInt(5));
        if (bank == Bank.RENUMBERS) {
            what.put("reissue_ids", random.nextInt(4) == 0);
        } else {
            what.put("change", random.nextInt(4));
        }
        if (bank == Bank.REMOVES) {
            what.put("remove", random.nextInt(3));
            what.put("add_pending", random.nextInt(2));
            what.put("post_pending", random.nextBoolean());
        }
        try {
            simulator.change(links.get(0).itemId(), what);
            changes++;
        } catch (HttpFailure e) {
            // the bank's accounts are not read yet
            over(100);
        }
    }

    private void writesANote() {
        Optional<JsonNode> page = caller.asks("GET", "/api/banking/transactions?limit=100", null);
        if (page.isEmpty() || page.get().path("data").isEmpty()) {
            over(200);
            return;
        }
        JsonNode rows = page.get().path("data");
        JsonNode row = rows.path(random.nextInt(rows.size()));
        String note = "note " + ++written;
        int gone = rowsMayGo() ? 404 : 200;
        boolean answered = caller.asks(
                        "PATCH", "/api/banking/transactions/" + row.path("id").asText(), Map.of("notes", note), gone)
                .isPresent();
        if (answered) {
            notes.acknowledged(row, note);
        } else {
            notes.unanswered(row, note);
        }
    }

    private void asksForASync() {
        caller.asks("POST", links.get(random.nextInt(links.size())).path() + "/sync", Map.of())
                .filter(answer -> answer.path("run_id").isTextual())
                .ifPresent(answer -> runs.add(answer.path("run_id").asText()));
    }

    private void comesOrGoes() {
        if (login.isOpenFinance()) {
            renewsTheConsent();
        } else if (guest == null) {
            int rows = FIRST_GUEST + guests++;
            guest = Link.made(caller, simulator, Link.Login.password("user-ok-" + rows));
            links.add(guest);
        } else {
            caller.insists("DELETE", guest.path(), Map.of());
            links.remove(guest);
            left.add(guest);
            guest = null;
        }
    }

    /** The person withdraws at the bank, is told so by the product, and consents anew with the token they are given. */
    private void renewsTheConsent() {
        Link link = links.get(0);
        try {
            simulator.control().post("/sandbox/items/" + link.itemId() + "/consent", Map.of("revoke", true));
        } catch (HttpFailure e) {
            return;
        }
        Awaitility.await("a new consent")
                .forever()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptionsInstanceOf(HttpFailure.class)
                .until(() -> consents(link) || isTooLate());
        if (isTooLate()) {
            throw new AssertionError("no way to a new consent, at last: " + lastAnswer + " of " + runOf(lastAnswer));
        }
        link.approvedAtTheBank(simulator);
        renewals++;
    }

    private boolean isTooLate() {
        return Instant.now().isAfter(patience);
    }

    private JsonNode runOf(JsonNode answer) {
        String id = answer.path("run_id").asText();
        return id.isEmpty() ? answer : caller.insists("GET", "/api/banking/sync_runs/" + id, null);
    }

    /** Does what the answer to a sync says; true when the bank's page is what comes next. */
    private boolean consents(Link link) {
        JsonNode answer = caller.insists("POST", link.path() + "/sync", Map.of());
        lastAnswer = answer;
        if (answer.path("connect_token").isTextual()) {
            simulator
                    .widget(answer.path("connect_token").asText())
                    .send("PATCH", "/items/" + link.itemId(), Map.of("parameters", login.parameters()));
            return true;
        }
        return answer.path("status").asText().equals("ACTION_REQUIRED");
    }
}
