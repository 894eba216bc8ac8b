package dev.afluente.sync.replay;

import dev.afluente.sync.source.Change;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.Sources;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Optional;
import java.util.UUID;

/**
 * An event that would ask for a run if it came now.
 *
 * @param state in which it was found: one that has changed meanwhile is left alone
 * @param tenant null when nobody knows
 */
record Candidate(UUID id, String state, String provider, String linkId, String kind, String tenant) {
    static final String COLUMNS = "i.id, i.state, i.provider, i.link_id, i.kind, i.tenant_id, i.data";

    /**
     * Reads an event as this version understands it; empty when it is still on its way, or asks for nothing a run could
     * answer.
     */
    static Optional<Candidate> of(Row row, Sources sources) {
        String state = row.getString("state");
        String provider = row.getString("provider");
        if (state.equals("WAITING") || state.equals("QUEUED")) {
            return Optional.empty();
        }
        try {
            Source source = sources.of(provider);
            byte[] body = row.getBuffer("data").getBytes();
            String link = row.getString("link_id");
            Source.Told told = link == null || state.equals("DEAD")
                    ? source.read(body).orElse(null)
                    : new Source.Told(link, row.getString("kind"));
            if (told == null || source.interpret(told.kind(), body) instanceof Change.Nothing) {
                return Optional.empty();
            }
            return Optional.of(new Candidate(
                    row.getUUID("id"), state, provider, told.linkId(), told.kind(), row.getString("tenant_id")));
        } catch (SourceFailure unknownProvider) {
            // Our own services' records: who sent them asks again by itself.
            return Optional.empty();
        }
    }
}
