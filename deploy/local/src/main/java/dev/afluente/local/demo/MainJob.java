package dev.afluente.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.local.gateway.Gateway;
import dev.afluente.local.http.HttpFailure;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.ledger.ApiLedger;
import dev.afluente.local.stack.Progress;
import dev.afluente.local.stack.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What Afluente is for, done as a frontend does it, through the public API only: connect a bank, wait for its signed webhook to
 * bring the transactions. With a connection from an earlier run the bank gets three new movements instead. Blocking.
 */
public final class MainJob {
    /** The product's user of the demo. */
    public static final String USER = "demo";

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int NEWS = 3;

    private final Gateway gateway;
    private final Simulator simulator;
    private final DemoMemory memory;
    private final Progress progress;
    private final CompletableFuture<String> failure;
    private final JsonHttp api;

    /**
     * @param memory file that remembers the connection between runs
     * @param failure completes when a process of the stack has died; waiting ends then
     */
    public MainJob(
            Gateway gateway, Simulator simulator, Path memory, Progress progress, CompletableFuture<String> failure) {
        this.gateway = gateway;
        this.simulator = simulator;
        this.memory = new DemoMemory(memory);
        this.progress = progress;
        this.failure = failure;
        this.api = new JsonHttp(gateway.url(), Map.of("Authorization", "Bearer " + token()));
    }

    private String token() {
        return new JsonHttp(gateway.url(), Map.of())
                .post("/dev/token", Map.of("user", USER))
                .path("access_token")
                .asText();
    }

    /**
     * The connected bank with its transactions readable.
     *
     * @param webhookToReadable from the last notification's arrival to the first answer that shows its effect
     */
    public record Outcome(String connectionId, String itemId, boolean earlier, Duration webhookToReadable) {}

    /** The API as the demo user. */
    public JsonHttp api() {
        return api;
    }

    public ApiLedger ledger() {
        return new ApiLedger(api);
    }

    /** @throws StartException when the transactions do not arrive within two minutes, or a process has died */
    public Outcome run(String bankUser) {
        Optional<DemoMemory.Link> earlier = memory.recall(bankUser).filter(this::alive);
        return earlier.isPresent() ? news(earlier.get()) : connect(bankUser);
    }

    private boolean alive(DemoMemory.Link link) {
        try {
            return connection(link.connectionId()).hasNonNull("id") && simulator.knows(link.itemId());
        } catch (HttpFailure e) {
            return false;
        }
    }

    private Outcome connect(String bankUser) {
        progress.say("Connecting a bank as " + USER + " (the bank's customer is " + bankUser + ")");
        JsonNode connectToken = api.post("/api/banking/connections/create_connect_token", Map.of());
        String itemId = simulator.connect(connectToken.path("connect_token").asText(), bankUser);
        JsonNode connection = api.post("/api/banking/connections/create_from_item", Map.of("item_id", itemId));
        String connectionId = connection.path("id").asText();
        Duration took = await(connectionId, "null");
        memory.keep(bankUser, new DemoMemory.Link(connectionId, itemId));
        return new Outcome(connectionId, itemId, false, took);
    }

    private Outcome news(DemoMemory.Link link) {
        progress.say("The bank is connected since an earlier run; " + NEWS + " new movements happen there");
        String before = lastSync(connection(link.connectionId()));
        simulator.add(link.itemId(), NEWS);
        Duration took = await(link.connectionId(), before);
        return new Outcome(link.connectionId(), link.itemId(), true, took);
    }

    /** Waits until the connection's last synchronisation is another one than {@code before}. */
    private Duration await(String connectionId, String before) {
        Instant end = Instant.now().plus(PATIENCE);
        Instant nextLine = Instant.now().plusSeconds(5);
        Instant webhook = null;
        for (JsonNode at = connection(connectionId); lastSync(at).equals(before); at = connection(connectionId)) {
            webhook = gateway.lastWebhook().orElse(null);
            if (at.path("action_required").isObject()) {
                throw new StartException("The bank wants something of its customer first: "
                        + at.path("status").asText() + ", "
                        + at.path("action_required").path("kind").asText());
            }
            if (Instant.now().isAfter(end)) {
                throw new StartException("The transactions did not arrive within " + PATIENCE.toSeconds() + " s.");
            }
            if (Instant.now().isAfter(nextLine)) {
                progress.say("Waiting for the transactions");
                nextLine = Instant.now().plusSeconds(5);
            }
            pause();
        }
        return webhook == null ? Duration.ZERO : Duration.between(webhook, Instant.now());
    }

    private JsonNode connection(String id) {
        return api.get("/api/banking/connections/" + id);
    }

    private static String lastSync(JsonNode connection) {
        return connection.path("last_sync").toString();
    }

    /** A moment between two questions, cut short by the death of a process. */
    public void pause() {
        try {
            throw new StartException(failure.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new StartException("The stack failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted", e);
        }
    }
}
