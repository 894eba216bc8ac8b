package dev.afluente.sandbox.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.sandbox.http.PluggyError;

/** What the bank shall do to the rows of one account; {@code accountId} null means the item's first. */
public record Ask(
        String accountId, int add, int addPending, int change, int remove, boolean postPending, boolean reissueIds) {

    private static final int MOST = 100_000;

    /** @throws PluggyError 400 for a count that is negative or above 100,000 */
    public static Ask parse(JsonNode json) {
        return new Ask(
                json.path("account_id").textValue(),
                count(json, "add"),
                count(json, "add_pending"),
                count(json, "change"),
                count(json, "remove"),
                json.path("post_pending").asBoolean(),
                json.path("reissue_ids").asBoolean());
    }

    public static Ask toAdd(int rows) {
        return new Ask(null, rows, 0, 0, 0, false, false);
    }

    private static int count(JsonNode json, String name) {
        int count = json.path(name).asInt(0);
        if (count < 0 || count > MOST) {
            throw PluggyError.badRequest(name + " must be between 0 and " + MOST);
        }
        return count;
    }
}
