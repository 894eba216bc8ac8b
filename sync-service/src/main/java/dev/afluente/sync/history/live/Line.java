package dev.afluente.sync.history.live;

import dev.afluente.sync.http.Language;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;

/**
 * The way to one client.
 *
 * @param known the id of the last state the client has; null when it has none
 * @param language in which it is told what reasons mean
 * @param until when its right to listen ends
 */
record Line(Sse sse, SseEventSink sink, String known, Language language, Instant until) {}
