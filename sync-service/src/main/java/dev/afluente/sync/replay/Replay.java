package dev.afluente.sync.replay;

import dev.afluente.model.database.SqlFailures;
import dev.afluente.model.event.format.TraceParent;
import dev.afluente.model.http.Caller;
import dev.afluente.sync.asked.Queue;
import dev.afluente.sync.inbox.Inbox;
import dev.afluente.sync.inbox.InboxMetrics;
import dev.afluente.sync.link.Link;
import dev.afluente.sync.link.Links;
import dev.afluente.sync.source.Sources;
import dev.afluente.sync.worker.RunWorker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Lets events take effect once more, as if they had come just now: back into the queue with a run of their connection,
 * in one transaction. However often and by however many the same replay is asked for at once, it queues one run; an event
 * that is on its way already is left alone. What the run then does is idempotent, as for any event.
 */
@ApplicationScoped
public class Replay {
    private static final int ATTEMPTS = 3;

    private static final String FOUND = "SELECT " + Candidate.COLUMNS + " FROM inbox i WHERE %s AND i.id = ANY($2)";

    private static final String AGAIN = """
            UPDATE inbox i SET state = 'WAITING', link_id = n.link, kind = n.kind, reason = NULL, run_id = NULL,
                replays = i.replays + 1, replayed_at = now(), replayed_by = $2
            FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) AS n(id, state, link, kind)
            WHERE %s AND i.id = n.id AND i.state = n.state RETURNING i.link_id""";

    private final Operators operators;
    private final Sources sources;
    private final Links links;
    private final Inbox inbox;
    private final Queue queue;
    private final RunWorker worker;
    private final InboxMetrics metrics;

    @Inject
    public Replay(
            Operators operators,
            Sources sources,
            Links links,
            Inbox inbox,
            Queue queue,
            RunWorker worker,
            InboxMetrics metrics) {
        this.operators = operators;
        this.sources = sources;
        this.links = links;
        this.inbox = inbox;
        this.queue = queue;
        this.worker = worker;
        this.metrics = metrics;
    }

    /** Replays those of the named events that can be, and returns how many those were. */
    Uni<Integer> replay(Caller operator, Collection<UUID> ids) {
        return operators
                .scoped(operator, (connection, mine) -> connection
                        .preparedQuery(FOUND.formatted(mine))
                        .execute(Tuple.of(operator.tenant(), ids.toArray(UUID[]::new)))
                        .map(rows -> {
                            List<Candidate> candidates = new ArrayList<>();
                            rows.forEach(row -> Candidate.of(row, sources).ifPresent(candidates::add));
                            return candidates;
                        })
                        .chain(candidates -> again(connection, mine, operator, candidates)))
                .onFailure(SqlFailures::isConflict)
                .retry()
                .atMost(ATTEMPTS)
                .invoke(metrics::replayed)
                .invoke(worker::queued);
    }

    private Uni<Integer> again(SqlConnection connection, String mine, Caller operator, List<Candidate> candidates) {
        Set<String> providers = candidates.stream().map(Candidate::provider).collect(Collectors.toSet());
        return Multi.createFrom()
                .iterable(providers)
                .onItem()
                .transformToUniAndConcatenate(provider -> ofProvider(
                        connection,
                        mine,
                        operator,
                        provider,
                        candidates.stream()
                                .filter(each -> each.provider().equals(provider))
                                .toList()))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    /** The locks are taken in the order in which the intake takes them. */
    private Uni<Integer> ofProvider(
            SqlConnection connection, String mine, Caller operator, String provider, List<Candidate> candidates) {
        List<String> linkIds =
                candidates.stream().map(Candidate::linkId).distinct().sorted().toList();
        return links.guard(connection, provider, linkIds)
                .chain(() -> links.lockActive(connection, provider, linkIds))
                .chain(active -> mark(connection, mine, operator, followed(candidates, active))
                        .call(marked -> Multi.createFrom()
                                .iterable(active)
                                .filter(link -> marked.contains(link.linkId()))
                                .onItem()
                                .transformToUniAndConcatenate(link -> answer(connection, link))
                                .collect()
                                .last())
                        .map(List::size));
    }

    /** An event of a connection that is not there, or is removed, has nobody who would answer it. */
    private static List<Candidate> followed(List<Candidate> candidates, List<Link> active) {
        return candidates.stream()
                .filter(each -> active.stream()
                        .anyMatch(link -> link.linkId().equals(each.linkId())
                                && (each.tenant() == null || each.tenant().equals(link.tenantId()))))
                .toList();
    }

    private static Uni<List<String>> mark(
            SqlConnection connection, String mine, Caller operator, List<Candidate> candidates) {
        Tuple values = Tuple.of(operator.tenant(), operator.user())
                .addArrayOfUUID(candidates.stream().map(Candidate::id).toArray(UUID[]::new))
                .addArrayOfString(candidates.stream().map(Candidate::state).toArray(String[]::new))
                .addArrayOfString(candidates.stream().map(Candidate::linkId).toArray(String[]::new))
                .addArrayOfString(candidates.stream().map(Candidate::kind).toArray(String[]::new));
        return connection.preparedQuery(AGAIN.formatted(mine)).execute(values).map(rows -> {
            List<String> marked = new ArrayList<>();
            rows.forEach(row -> marked.add(row.getString(0)));
            return marked;
        });
    }

    private Uni<Void> answer(SqlConnection connection, Link link) {
        return links.guardRuns(connection, link.tenantId(), link.connectionId())
                .chain(() -> queue.answering(connection, link, "WEBHOOK", TraceParent.fresh()))
                .chain(runId -> inbox.attach(connection, link, runId));
    }
}
