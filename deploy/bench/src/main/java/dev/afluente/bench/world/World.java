package dev.afluente.bench.world;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.embedded.identity.Tokens;
import dev.afluente.local.gateway.Gateway;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.stack.DataDirectory;
import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.local.stack.Progress;
import dev.afluente.local.stack.Stack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The whole product on free ports, as {@code deploy/up} runs it, with a simulator that sets no limits. Blocking. */
public final class World implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final String DATABASE = "afluente_sync";

    private final DataDirectory data;
    private final Stack stack;
    private final Gateway gateway;
    private final JsonHttp bank;
    private final Progress progress;

    private World(DataDirectory data, Stack stack, Gateway gateway, Progress progress) {
        this.data = data;
        this.stack = stack;
        this.gateway = gateway;
        this.progress = progress;
        this.bank = new JsonHttp(stack.ports().url(Role.SIMULATOR), Map.of());
    }

    /** Starts everything in an empty directory. */
    public static World in(Path directory, Progress progress) {
        PortPlan ports = PortPlan.free();
        DataDirectory data = DataDirectory.open(directory, true);
        Stack stack = new Stack(ports, data, progress);
        try {
            stack.start();
            return new World(data, stack, new Gateway(ports, new Tokens(stack.keys())).start(), progress);
        } catch (RuntimeException e) {
            stack.close();
            data.close();
            throw e;
        }
    }

    public Stack stack() {
        return stack;
    }

    public Gateway gateway() {
        return gateway;
    }

    public void say(String line) {
        progress.say(line);
    }

    /** The simulator's control API. */
    public JsonHttp bank() {
        return bank;
    }

    public String bankUrl() {
        return stack.ports().url(Role.SIMULATOR);
    }

    /** The public API as a user of the product. */
    public JsonHttp api(String user) {
        return new JsonHttp(gateway.url(), Map.of("Authorization", "Bearer " + new Tokens(stack.keys()).forUser(user)));
    }

    /** Has a bank read for a person; the product knows nothing of it yet. Returns the item's id. */
    public String itemOf(String user, String bankUser) {
        return bank.post("/sandbox/items", Map.of("user", bankUser, "client_user_id", user))
                .path("id")
                .asText();
    }

    /** Connects an item; its first sync begins. Returns the connection's id. */
    public String connects(String user, String item) {
        return api(user)
                .post("/api/banking/connections/create_from_item", Map.of("item_id", item))
                .path("id")
                .asText();
    }

    /** Waits for the end of a connection's first sync and returns the run. */
    public JsonNode firstRun(String user, String connection) {
        JsonHttp api = api(user);
        return await("the first sync", () -> {
            JsonNode runs = api.get("/api/banking/sync_runs?limit=500&connection_id=" + connection)
                    .path("data");
            for (JsonNode run : runs) {
                if (run.hasNonNull("finished_at")
                        && run.path("counts").path("imported").asLong() > 0) {
                    return run;
                }
            }
            return null;
        });
    }

    /** Asks again and again until there is an answer. */
    public <T> T await(String what, Supplier<T> question) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            T answer = question.get();
            if (answer != null) {
                return answer;
            }
            String dead = stack.failure().getNow(null);
            if (dead != null) {
                throw new IllegalStateException(dead);
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new IllegalStateException("Waited " + PATIENCE.toMinutes() + " minutes for " + what);
    }

    /** A connection to sync-service's database that sees every tenant; the caller closes it. */
    public Connection database() throws SQLException {
        Connection connection = stack.postgres().databases().connect(DATABASE);
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT set_config('afluente.tenant', '*', false)");
        }
        return connection;
    }

    @Override
    public void close() {
        gateway.close();
        stack.close();
        data.close();
    }
}
