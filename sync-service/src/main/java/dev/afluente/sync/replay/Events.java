package dev.afluente.sync.replay;

import dev.afluente.model.http.Caller;
import dev.afluente.model.http.Page;
import dev.afluente.sync.http.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The inbox, newest event first. */
@ApplicationScoped
public class Events {
    private final Operators operators;

    @Inject
    public Events(Operators operators) {
        this.operators = operators;
    }

    Uni<Page<ReceivedEvent>> list(Caller operator, EventFilter filter, int limit, Cursor after) {
        return operators.scoped(operator, (connection, mine) -> {
            StringBuilder sql = new StringBuilder(ReceivedEvent.SELECT).append(mine);
            Tuple values = Tuple.of(operator.tenant());
            filter.appendTo(sql, values);
            if (after != null) {
                int at = values.addOffsetDateTime(after.at().atOffset(ZoneOffset.UTC))
                        .size();
                values.addUUID(after.id());
                sql.append(" AND (i.received_at, i.id) < ($%d, $%d)".formatted(at, at + 1));
            }
            sql.append(" ORDER BY i.received_at DESC, i.id DESC LIMIT $")
                    .append(values.addInteger(limit + 1).size());
            return connection.preparedQuery(sql.toString()).execute(values).map(rows -> {
                List<ReceivedEvent> events = new ArrayList<>(rows.size());
                rows.forEach(row -> events.add(ReceivedEvent.of(row)));
                return Page.of(
                        events, limit, last -> new Cursor(last.receivedAt(), last.id()).encode(filter.toString()));
            });
        });
    }

    /** Returns one event; null when the operator may see none of that id. */
    Uni<ReceivedEvent> one(Caller operator, UUID id) {
        return operators.scoped(operator, (connection, mine) -> connection
                .preparedQuery(ReceivedEvent.SELECT + mine + " AND i.id = $2")
                .execute(Tuple.of(operator.tenant(), id))
                .map(rows -> rows.size() == 0
                        ? null
                        : ReceivedEvent.of(rows.iterator().next())));
    }
}
