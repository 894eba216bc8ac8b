package dev.afluente.connections.secret.vault;

import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.UnopenableException;
import dev.afluente.connections.secret.UnopenableException.Reason;
import io.quarkus.vault.client.VaultClientException;
import io.quarkus.vault.transit.VaultDecryptionBatchException;
import io.quarkus.vault.transit.VaultRewrappingBatchException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Batches of which Vault refused some items. Newer versions answer 400 with the results of all items in the body, which the
 * extension hands on as a failure; older ones answer 200.
 */
final class VaultBatch {
    private static final int BAD_REQUEST = 400;

    private VaultBatch() {}

    /**
     * Results of a failed batch; empty when the failure holds none.
     *
     * @param questions in the order they were asked
     * @param read reads the value out of one result that is no error
     */
    static <Q, A> Optional<List<Attempt<A>>> results(
            Throwable failure, List<Q> questions, Function<JsonObject, A> read) {
        Throwable cause = VaultFailures.cause(failure);
        if (cause instanceof VaultClientException client
                && client.getStatus() != null
                && client.getStatus() == BAD_REQUEST) {
            return inBody(client.getBody(), questions.size(), read);
        }
        if (cause instanceof VaultDecryptionBatchException batch) {
            return Optional.of(listed(questions, batch.getErrors(), batch.getValid()));
        }
        if (cause instanceof VaultRewrappingBatchException batch) {
            return Optional.of(listed(questions, batch.getErrors(), batch.getValid()));
        }
        return Optional.empty();
    }

    private static <A> Optional<List<Attempt<A>>> inBody(String body, int size, Function<JsonObject, A> read) {
        try {
            JsonArray results = new JsonObject(body == null ? "{}" : body)
                    .getJsonObject("data", new JsonObject())
                    .getJsonArray("batch_results", new JsonArray());
            List<Attempt<A>> attempts = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                JsonObject result = results.getJsonObject(i);
                String error = result.getString("error", "");
                attempts.add(error.isEmpty() ? Attempt.of(read.apply(result)) : Attempt.failed(refused(error)));
            }
            return attempts.size() == size && size > 0 ? Optional.of(attempts) : Optional.empty();
        } catch (DecodeException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            // not an answer of Vault's: an outage like any other
            return Optional.empty();
        }
    }

    /** The extension keeps what it was asked by identity, whatever type it gives the maps. */
    private static <A> List<Attempt<A>> listed(List<?> questions, Map<?, String> errors, Map<?, ?> valid) {
        List<Attempt<A>> attempts = new ArrayList<>();
        for (Object question : questions) {
            @SuppressWarnings("unchecked") // the map was made from questions of this very batch
            A value = (A) valid.get(question);
            attempts.add(value == null ? Attempt.failed(refused(errors.get(question))) : Attempt.of(value));
        }
        return attempts;
    }

    /** "ciphertext or signature version is disallowed by policy (too old)", "invalid ciphertext: version is too new". */
    private static UnopenableException refused(String error) {
        boolean version = error != null && error.toLowerCase(Locale.ROOT).contains("version");
        return new UnopenableException(version ? Reason.UNKNOWN_KEY : Reason.NOT_AUTHENTIC);
    }
}
