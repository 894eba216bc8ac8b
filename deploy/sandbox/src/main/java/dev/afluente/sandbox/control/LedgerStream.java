package dev.afluente.sandbox.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.afluente.sandbox.account.Account;
import dev.afluente.sandbox.collected.Rows;
import dev.afluente.sandbox.http.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Writes one ledger slice by slice on the request's event loop, waiting where the reader is slower. Holds one slice in
 * memory. Ends early when the reader goes away.
 */
final class LedgerStream {

    private static final Logger LOG = Logger.getLogger(LedgerStream.class);
    private static final int SLICE = 300;

    private final LedgerRoutes ledger;
    private final RoutingContext context;
    private final HttpServerResponse response;
    private final Deque<Account> accounts;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private JsonGenerator out;
    private Rows.Walk walk;

    LedgerStream(LedgerRoutes ledger, RoutingContext context, List<Account> accounts) {
        this.ledger = ledger;
        this.context = context;
        this.response = context.response();
        this.accounts = new ArrayDeque<>(accounts);
    }

    void start() {
        response.setChunked(true).putHeader("content-type", "application/json; charset=utf-8");
        try {
            out = Json.MAPPER.createGenerator(bytes);
            out.writeStartObject();
            out.writeArrayFieldStart("accounts");
        } catch (IOException e) {
            context.fail(e);
            return;
        }
        slice();
    }

    private void slice() {
        if (response.closed()) {
            return;
        }
        try {
            boolean more = write();
            out.flush();
            Buffer buffer = Buffer.buffer(bytes.toByteArray());
            bytes.reset();
            if (!more) {
                out.close();
                response.end(buffer.appendBytes(bytes.toByteArray()));
                return;
            }
            response.write(buffer);
        } catch (IOException e) {
            LOG.error("The ledger could not be written", e);
            context.request().connection().close();
            return;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> {
                response.drainHandler(null);
                slice();
            });
        } else {
            ledger.next(this::slice);
        }
    }

    /** False when everything has been written. */
    private boolean write() throws IOException {
        if (walk == null) {
            if (accounts.isEmpty()) {
                out.writeEndArray();
                out.writeEndObject();
                return false;
            }
            out.writeStartObject();
            ledger.head(out, accounts.peek());
            out.writeArrayFieldStart("transactions");
            walk = ledger.walk(accounts.peek());
        }
        if (!ledger.rows(out, accounts.peek(), walk, SLICE)) {
            out.writeEndArray();
            out.writeEndObject();
            accounts.poll();
            walk = null;
        }
        return true;
    }
}
