package dev.afluente.connections.support;

import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A connection of somebody nobody else is, at the scripted Pluggy. */
public final class Connected {
    public static final Instant THEN = Instant.parse("2026-03-10T09:15:03Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String user = Api.someone();
    private final Api api = Api.of(user);
    private final String item = UUID.randomUUID().toString();
    private final String id;

    private Connected(String status) {
        is(status, 0);
        id = api.createFromItem(item).then().statusCode(201).extract().path("id");
    }

    /**
     * Waits until a new connection's own first check is over. Before that, what a test changes in several places can be
     * read half before and half after.
     */
    public static void firstCheckIsOver(UUID connection) {
        String due = "SELECT count(*) FROM tasks WHERE connection_id = ? AND kind = 'CHECK'"
                + " AND due_at < now() + interval '5 seconds'";
        await().atMost(PATIENCE).until(() -> Rows.count(due, connection) == 0);
    }

    /** Connects an item in this status. */
    public static Connected in(String status) {
        return several(1, status).get(0);
    }

    /** Connects items of different people in this status. */
    public static List<Connected> several(int count, String status) {
        List<Connected> all =
                Stream.generate(() -> new Connected(status)).limit(count).toList();
        all.forEach(each -> firstCheckIsOver(each.id()));
        return all;
    }

    /** The item is now so, since {@code seconds} after {@link #THEN}; returned to be changed. */
    public JsonObject is(String status, int seconds) {
        return ScriptedPluggy.item(item, user, status, THEN.plusSeconds(seconds));
    }

    /** A refresh makes the item so, and only then. */
    public JsonObject becomes(String status, int seconds) {
        return becomes(patch(), status, seconds);
    }

    /** A call makes the item so. */
    public JsonObject becomes(String call, String status, int seconds) {
        JsonObject before = ScriptedPluggy.present(item);
        JsonObject after = is(status, seconds).copy();
        ScriptedPluggy.put(item, before);
        ScriptedPluggy.becomes(call, after);
        return after;
    }

    public Api api() {
        return api;
    }

    public String item() {
        return item;
    }

    public UUID id() {
        return UUID.fromString(id);
    }

    public String patch() {
        return "PATCH /items/" + item;
    }

    public String path() {
        return Api.CONNECTIONS + "/" + id;
    }

    public Response sync() {
        return api.request().post(path() + "/sync");
    }

    public Response post(String command, String json) {
        return api.post(path() + "/" + command, json);
    }

    /** What Pluggy says when something happened. */
    public void notified() {
        Topic.webhook("item/updated", item);
    }

    public int refreshes() {
        return ScriptedPluggy.calls(patch());
    }

    /** Returns the events about runs of this connection, once there are so many. */
    public List<ConsumerRecord<String, String>> requests(int count) {
        return Topic.ofKey("banking.sync-requests", count, id);
    }

    /** Returns what kinds of events there are, in order, once there are so many. */
    public List<String> kinds(int count) {
        return requests(count).stream()
                .map(record -> Topic.header(record, "ce_type").replaceAll("dev\\.afluente\\.sync\\.|\\.v1", ""))
                .toList();
    }

    public void awaitStatus(String status) {
        await().atMost(PATIENCE).until(() -> status.equals(api.get(path()).path("status")));
    }

    public void awaitRun(String phase) {
        await().atMost(PATIENCE)
                .until(() -> phase.equals(Rows.text("SELECT phase FROM asked_runs WHERE connection_id = ?", id())));
    }

    public long tasks(String kind, String more) {
        return Rows.count("SELECT count(*) FROM tasks WHERE connection_id = ? AND kind = ? AND " + more, id(), kind);
    }

    /** Time passes for a task of this connection. */
    public void isDue(String kind) {
        Rows.execute("UPDATE tasks SET due_at = now() WHERE connection_id = ? AND kind = ?", id(), kind);
    }
}
