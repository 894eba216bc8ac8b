package dev.afluente.sync.source.pluggy.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.model.pluggy.wire.PluggyJson;
import dev.afluente.model.pluggy.wire.PluggyTransaction;
import java.util.List;
import java.util.Set;

/**
 * Decodes a transaction so that a member of a wrong type costs only itself, unless the row means nothing without it. Each
 * further attempt knows one member less, and there are at most {@value #ATTEMPTS}; the row that was sent stays as it is.
 */
final class LenientRow {
    /** More members than a transaction has. */
    private static final int ATTEMPTS = 50;

    /** An amount in the account's currency is what is booked, where there is one. */
    private static final Set<String> ESSENTIAL =
            Set.of("id", "date", "amount", "currencyCode", "amountInAccountCurrency");

    private LenientRow() {}

    /** Fails with {@code wrong_type} or {@code null_row}. */
    static PluggyTransaction decode(JsonNode row) throws UnreadableRow {
        JsonNode rest = row;
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                PluggyTransaction decoded = PluggyJson.MAPPER.treeToValue(rest, PluggyTransaction.class);
                if (decoded == null) {
                    throw new UnreadableRow("null_row");
                }
                return decoded;
            } catch (JsonMappingException e) {
                rest = without(rest, e.getPath());
            } catch (JsonProcessingException | IllegalArgumentException | ArithmeticException e) {
                throw new UnreadableRow("wrong_type");
            }
        }
        throw new UnreadableRow("wrong_type");
    }

    private static JsonNode without(JsonNode row, List<Reference> path) throws UnreadableRow {
        if (path.isEmpty() || !(row instanceof ObjectNode members)) {
            throw new UnreadableRow("wrong_type");
        }
        String name = path.get(0).getFieldName();
        if (name == null || ESSENTIAL.contains(name) || !members.has(name)) {
            throw new UnreadableRow("wrong_type");
        }
        return without(members, path, 0);
    }

    /** Copies what stands above the member, and nothing else. */
    private static ObjectNode without(ObjectNode members, List<Reference> path, int depth) {
        ObjectNode rest = members.objectNode();
        rest.setAll(members);
        String name = path.get(depth).getFieldName();
        boolean deeper = depth + 1 < path.size()
                && path.get(depth + 1).getFieldName() != null
                && rest.get(name) instanceof ObjectNode below
                && below.has(path.get(depth + 1).getFieldName());
        if (deeper) {
            rest.set(name, without((ObjectNode) rest.get(name), path, depth + 1));
        } else {
            rest.remove(name);
        }
        return rest;
    }
}
