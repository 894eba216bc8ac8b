package dev.afluente.connections.connection;

import dev.afluente.connections.provider.LinkState;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/**
 * A room that draws conclusions from how a connection stands: a waiting run goes on, a person is told, a reminder is put
 * on the calendar. Found by CDI. Runs in the transaction that holds the connection's row, so that cause and conclusion
 * are stored together; it calls nobody but the database and must be repeatable. Listeners run one after the other, in
 * no promised order.
 */
public interface ConnectionListener {
    /**
     * When something was learnt, and the trace it belongs to.
     *
     * @param traceparent W3C trace context
     */
    record Moment(Instant now, String traceparent) {}

    /** Takes in what the provider told, whether a person would see a difference or not; never what is out of date. */
    Uni<Void> told(Connection connection, LinkState state, Moment moment);

    /** Takes in that the connection is removed, by its owner or at the provider; told once. */
    Uni<Void> removed(Connection connection, Moment moment);
}
