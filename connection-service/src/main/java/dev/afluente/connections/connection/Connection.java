package dev.afluente.connections.connection;

import dev.afluente.connections.database.StoredJson;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.UserNeed;
import dev.afluente.model.event.ConnectionEvent;
import dev.afluente.model.event.ConnectionEvent.Link;
import dev.afluente.model.event.SyncFinished;
import dev.afluente.model.event.SyncFinished.Counts;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A bank connected by a person. Changes only under the lock of its row; each change that others should know of makes
 * {@link #version} grow by one and returns the event that tells it, to be written in the same transaction. Never moves
 * backwards: what is older than what is known is dropped.
 */
@Entity
@Table(name = "connections")
@IdClass(ConnectionKey.class)
public class Connection {
    @Id
    String tenantId;

    @Id
    UUID id;

    String userId;
    String provider;
    String linkId;
    long version;
    Instant createdAt;
    Instant removedAt;
    String state;
    Instant stateAsOf;
    Instant stateAskedAt;
    String lastRun;
    UUID lastRunId;
    Instant lastRunFinishedAt;
    Instant automaticAt;
    Instant revokedAt;
    Instant missingSince;

    /** What the provider said in this very transaction, with the words that are stored sealed only. */
    @Transient
    UserNeed said;

    /** How the last run ended, as it is stored and shown. */
    record LastRun(
            UUID runId,
            String status,
            @Schema(nullable = true) String reason,
            @Schema(nullable = true) Instant startedAt,
            Instant finishedAt,
            Counts counts) {
        private static LastRun of(SyncFinished run) {
            return new LastRun(
                    run.runId(), run.status(), run.reason(), run.startedAt(), run.finishedAt(), run.counts());
        }
    }

    /** Returns what the provider last told, as of when it last told it; null before it told anything. */
    public LinkState state() {
        LinkState stored = StoredJson.read(state, LinkState.class);
        if (stored == null) {
            return null;
        }
        return (said == null ? stored : stored.needing(said)).at(stateAsOf);
    }

    /** Returns how the last run ended; null before the first did. */
    LastRun lastRun() {
        return StoredJson.read(lastRun, LastRun.class);
    }

    /** Tells whether the connection was removed; then nothing changes it any more. */
    public boolean isRemoved() {
        return removedAt != null;
    }

    /**
     * Takes in a state of the link.
     *
     * @param askedAt when the provider was asked: orders states that the provider gave the same time
     * @return the event to tell, if somebody who looks at the connection sees a difference
     */
    public Optional<ConnectionEvent> stateIs(LinkState told, Instant askedAt, Instant now) {
        if (!isNews(told, askedAt)) {
            return Optional.empty();
        }
        LinkState known = state();
        boolean saysMore = saysMore(told, known);
        said = told.need();
        stateAsOf = told.asOf();
        stateAskedAt = askedAt;
        if (told.looksLike(known) && !saysMore) {
            return Optional.empty();
        }
        state = StoredJson.write(told.storable());
        version++;
        return Optional.of(
                version == 1
                        ? new ConnectionEvent.Linked(tenantId, userId, id, version, now, link())
                        : new ConnectionEvent.Changed(
                                tenantId,
                                userId,
                                id,
                                version,
                                now,
                                link(),
                                told.status().name()));
    }

    /** Tells whether a state is to be taken in: not after the removal, and not when something newer is known. */
    public boolean isNews(LinkState told, Instant askedAt) {
        return !isRemoved() && !isOlder(told.asOf(), askedAt);
    }

    /** Takes in that the link is no more; what the bank told the person goes with it. */
    public Optional<ConnectionEvent> isGone(Instant now) {
        if (isRemoved()) {
            return Optional.empty();
        }
        said = null;
        state = StoredJson.write(state().needing(null));
        removedAt = now;
        version++;
        return Optional.of(new ConnectionEvent.Removed(tenantId, userId, id, version, now, link()));
    }

    /** Takes in that the provider holds neither the link nor its consent any more; the first time stays. */
    public void isRevoked(Instant now) {
        revokedAt = revokedAt == null ? now : revokedAt;
    }

    /** Takes in that the provider says it knows no such link, which is not believed at once; the first time stays. */
    public void isMissing(Instant now) {
        missingSince = missingSince == null ? now : missingSince;
    }

    /** Takes in that the provider knows the link. */
    public void isFound() {
        missingSince = null;
    }

    /** Takes in the end of a run; of several, the one that finished last stays, told as often as it may be. */
    public void runFinished(SyncFinished run) {
        boolean newer = lastRunFinishedAt == null
                || run.finishedAt().isAfter(lastRunFinishedAt)
                || (run.finishedAt().equals(lastRunFinishedAt) && run.runId().compareTo(lastRunId) > 0);
        if (newer) {
            lastRun = StoredJson.write(LastRun.of(run));
            lastRunId = run.runId();
            lastRunFinishedAt = run.finishedAt();
        }
    }

    /** Returns when this service reads by itself what the provider has; null when it will not. */
    public Instant automaticAt() {
        return automaticAt;
    }

    /** @param at when this service reads by itself what the provider has; null when it will not */
    public void automaticAt(Instant at) {
        automaticAt = at;
    }

    /** Returns when the connection was removed; null while it is not. */
    public Instant removedAt() {
        return removedAt;
    }

    /** Returns when the provider had given up the link and its consent; null while it has not. */
    public Instant revokedAt() {
        return revokedAt;
    }

    /** Returns since when the provider says it knows no such link; null while it does. */
    public Instant missingSince() {
        return missingSince;
    }

    /** Returns when the provider last knew the link. */
    public Instant stateAskedAt() {
        return stateAskedAt;
    }

    /** Returns when its owner made the connection here. */
    public Instant createdAt() {
        return createdAt;
    }

    /** Returns the tenant that owns the connection. */
    public String tenantId() {
        return tenantId;
    }

    /** Returns the connection's own id. */
    public UUID id() {
        return id;
    }

    /** Returns the user who owns the connection. */
    public String userId() {
        return userId;
    }

    /** Returns the key of the provider that holds the link. */
    public String provider() {
        return provider;
    }

    /** Returns the provider's id of the link. */
    public String linkId() {
        return linkId;
    }

    /** Words are stored sealed and cannot be compared: those of another time count as others. */
    private static boolean saysMore(LinkState told, LinkState known) {
        if (told.need() == null || told.need().sealed() == null || known == null || known.need() == null) {
            return false;
        }
        return known.need().sealed() == null || !told.asOf().equals(known.asOf());
    }

    private boolean isOlder(Instant asOf, Instant askedAt) {
        if (stateAsOf == null) {
            return false;
        }
        int order = asOf.compareTo(stateAsOf);
        return order < 0 || (order == 0 && askedAt.isBefore(stateAskedAt));
    }

    /** Returns the link as events name it. */
    public Link link() {
        return new Link(provider, linkId, state().institution().name());
    }
}
