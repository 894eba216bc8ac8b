package dev.afluente.sync.export;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Supplier;

/**
 * Writes a file to a client, the next part when the last has gone to its socket. A client that hangs up ends the writing;
 * one that takes nothing for {@code quarkus.http.idle-timeout} is hung up on. When the file cannot be written to its end,
 * the connection is cut instead of closed, so that no client takes a part for the whole.
 */
final class Download {
    private Download() {}

    /** Completes when the writing has ended, well or not; fails only before the first byte. */
    static Uni<Void> send(HttpServerResponse response, Multi<byte[]> parts) {
        response.setChunked(true);
        return parts.onItem()
                .transformToUniAndConcatenate(part -> done(() -> response.write(Buffer.buffer(part))))
                .collect()
                .last()
                .chain(() -> done(response::end))
                .onFailure()
                .recoverWithUni(failure -> cut(response, failure));
    }

    private static Uni<Void> done(Supplier<Future<Void>> written) {
        return Uni.createFrom().completionStage(() -> written.get().toCompletionStage());
    }

    private static Uni<Void> cut(HttpServerResponse response, Throwable failure) {
        if (!response.headWritten()) {
            return Uni.createFrom().failure(failure);
        }
        if (!response.closed()) {
            Log.warnf("An export was cut short: %s", failure.getClass().getSimpleName());
            response.reset();
        }
        return Uni.createFrom().voidItem();
    }
}
