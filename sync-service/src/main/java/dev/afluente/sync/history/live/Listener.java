package dev.afluente.sync.history.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.afluente.sync.history.History;
import dev.afluente.sync.history.RunView;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One client that watches one run. It is told whole states, each under an id made from its content, so that one that is
 * left out loses nothing, and a client that comes back is not told what it knows. While a state is on the wire the next
 * ones are left out: a slow client costs one event of memory.
 */
final class Listener {
    private static final int RECONNECT_MS = 2_000;
    private static final int ID_BYTES = 8;

    final History.Key run;
    final String user;
    private final Line line;
    private String known;
    private Instant spoken;
    private boolean sending;
    private boolean ended;

    Listener(History.Key run, String user, Line line, Instant now) {
        this.run = run;
        this.user = user;
        this.line = line;
        this.known = line.known();
        this.spoken = now;
    }

    /** Tells a state unless the client has it; a final one always, and then ends. */
    synchronized void tell(RunView state, Instant now) {
        String id = id(state);
        boolean last = state.finishedAt() != null;
        if (sending || ended || (!last && id.equals(known))) {
            return;
        }
        known = id;
        ended = last;
        send(
                line.sse()
                        .newEventBuilder()
                        .id(id)
                        .name("run")
                        .reconnectDelay(RECONNECT_MS)
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(RunView.class, state.in(line.language()))
                        .build(),
                now);
    }

    /** Says that we are still there when nothing was said for long; ends when the client's token has expired. */
    synchronized void beat(Duration silence, Instant now) {
        if (now.isAfter(line.until())) {
            close();
        } else if (!sending && !spoken.plus(silence).isAfter(now)) {
            send(line.sse().newEventBuilder().comment("still here").build(), now);
        }
    }

    /** Whether nobody listens any more: hung up, told everything, or out of time. */
    boolean isGone() {
        return line.sink().isClosed();
    }

    void close() {
        line.sink().close();
    }

    private void send(OutboundSseEvent event, Instant now) {
        if (isGone()) {
            return;
        }
        sending = true;
        spoken = now;
        line.sink().send(event).whenComplete((sent, failure) -> sent(failure));
    }

    private synchronized void sent(Throwable failure) {
        sending = false;
        if (failure != null || ended) {
            close();
        }
    }

    /** The same for the same state, in every instance of the service. */
    private static String id(RunView state) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(state.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
