package dev.afluente.connections.asked;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.afluente.connections.connection.Connection;
import dev.afluente.connections.database.StoredJson;
import dev.afluente.connections.provider.LinkState;
import dev.afluente.connections.provider.UserNeed;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * The last run asked for on a connection; while it has not ended it is the only one. Read and changed only under the
 * lock of the connection's row. Holds no answers and no credentials.
 */
@Entity
@Table(name = "asked_runs")
@IdClass(AskedRunKey.class)
public class AskedRun {
    /** How far a run has got on its way to the bank's data. */
    public enum Phase {
        /** The provider is to be asked to read the bank, now or after a pause; it may have been, by somebody who died. */
        WANTED,
        /** The provider took the request; it has not been seen reading yet. */
        ASKED,
        /** The provider is reading the bank, or waits for the person while it does. */
        READING,
        /** The person has to give a fresh token before the provider can be asked. */
        TOKEN,
        /** Released or abandoned. */
        ENDED
    }

    /** What asked for a run; the names are those of {@code SyncRequest.Requested#trigger}. */
    public enum Trigger {
        MANUAL(3),
        AUTOMATIC(2),
        MFA(3);

        private final int refreshes;

        Trigger(int refreshes) {
            this.refreshes = refreshes;
        }

        /** Returns how often the provider may be asked to read the bank for one run: a first time and the retries. */
        int refreshes() {
            return refreshes;
        }
    }

    @Id
    String tenantId;

    @Id
    UUID connectionId;

    UUID runId;

    @Enumerated(EnumType.STRING)
    Trigger askedForBy;

    @Enumerated(EnumType.STRING)
    Phase phase;

    Instant since;
    Instant readBefore;
    int refreshes;
    String question;
    Instant startedAt;
    Instant expiresAt;
    Instant endedAt;

    /** For the mapping. */
    AskedRun() {}

    AskedRun(Connection connection) {
        this.tenantId = connection.tenantId();
        this.connectionId = connection.id();
    }

    /** Makes this the row of a new run that begins from the connection's present state. */
    void begin(Trigger by, Phase first, LinkState from, Instant now, Instant until) {
        runId = UuidCreator.getTimeOrderedEpoch();
        askedForBy = by;
        // A reading that is under way already counts as the first.
        refreshes = first == Phase.READING ? 1 : 0;
        question = null;
        startedAt = now;
        expiresAt = until;
        endedAt = null;
        from(first, from);
    }

    /** The provider may now be asked to read the bank, once. */
    public void refreshing() {
        refreshes++;
    }

    /** The provider took the request. */
    public void asked() {
        if (phase != Phase.READING && phase != Phase.ENDED) {
            phase = Phase.ASKED;
            question = null;
        }
    }

    /** The provider wants a token first. */
    public void wantsToken(UserNeed.Question asked, Instant until) {
        phase = Phase.TOKEN;
        question = StoredJson.write(asked);
        expiresAt = until;
    }

    /** @param from the state that is the beginning from now on */
    void from(Phase next, LinkState from) {
        phase = next;
        since = from.asOf();
        readBefore = from.lastRead();
    }

    void end(Instant now) {
        phase = Phase.ENDED;
        endedAt = now;
    }

    /** Tells whether the run still waits. */
    public boolean waits() {
        return phase != Phase.ENDED;
    }

    /** Tells whether the run ended at or after a moment. */
    public boolean endedSince(Instant moment) {
        return endedAt != null && !endedAt.isBefore(moment);
    }

    /** Returns the tenant of the connection. */
    public String tenantId() {
        return tenantId;
    }

    /** Returns the connection that is read. */
    public UUID connectionId() {
        return connectionId;
    }

    /** Returns the run's id, under which its history is found. */
    public UUID runId() {
        return runId;
    }

    /** Returns how far it has got. */
    public Phase phase() {
        return phase;
    }

    /** Returns the token that is asked for; null in every other phase. */
    public UserNeed.Question question() {
        return StoredJson.read(question, UserNeed.Question.class);
    }

    /** Returns when the run is given up whatever happens. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Tells whether the provider may be asked once more for this run. */
    public boolean mayRefresh() {
        return standing().mayRefresh();
    }

    /** Tells whether more than the first refresh has been allowed. */
    public boolean isRetried() {
        return refreshes > 1;
    }

    Standing standing() {
        return new Standing(askedForBy, phase, since, readBefore, refreshes);
    }
}
