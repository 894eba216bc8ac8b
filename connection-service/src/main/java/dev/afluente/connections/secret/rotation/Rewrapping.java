package dev.afluente.connections.secret.rotation;

import dev.afluente.connections.secret.Attempt;
import dev.afluente.connections.secret.Sealed;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.SecretsAwayException;
import dev.afluente.connections.secret.UnopenableException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Brings rows under the newest key while the service runs. A page of {@value #PAGE} rows at a time, one after the other,
 * one call to Vault per page; rows that are current are left alone. May be stopped at any time and begun again from
 * anywhere, and several instances may run it at once: a row is replaced only if nobody else changed it. A row that
 * cannot be opened is counted and passed by.
 */
@Singleton
public final class Rewrapping {
    static final int PAGE = 100;
    private static final Logger LOG = Logger.getLogger(Rewrapping.class);

    private final Sealer sealer;

    Rewrapping(Sealer sealer) {
        this.sealer = sealer;
    }

    /**
     * How far a run has come.
     *
     * @param position of the last row that was dealt with: where to go on; null at the beginning
     * @param rewrapped rows that are under the newest key now and were not before
     * @param unopenable rows that no key opens
     * @param finished false when keys or rows went away in the middle
     */
    public record Progress(String position, long rewrapped, long unopenable, boolean finished) {
        public static final Progress START = new Progress(null, 0, 0, false);
    }

    /** Goes on from {@code from} to the end of the rows, or to the first outage. Never fails. */
    public Uni<Progress> run(SealedRows rows, Progress from) {
        return Uni.createFrom().deferred(() -> {
            AtomicReference<Progress> reached = new AtomicReference<>(from);
            return Multi.createBy()
                    .repeating()
                    .uni(() -> page(rows, reached.get()).invoke(reached::set))
                    .whilst(progress -> !progress.finished())
                    .collect()
                    .last()
                    .onFailure()
                    .recoverWithItem(failure -> {
                        LOG.warnf(
                                "Rewrapping stopped (%s) and can be gone on with",
                                failure.getClass().getSimpleName());
                        return reached.get();
                    });
        });
    }

    private Uni<Progress> page(SealedRows rows, Progress before) {
        return rows.after(before.position(), PAGE).flatMap(page -> {
            List<Opened> readable = page.stream().map(Opened::read).toList();
            List<Opened> due = readable.stream()
                    .filter(row ->
                            row.locked() != null && !sealer.current(row.locked().sealed()))
                    .toList();
            long malformed =
                    readable.stream().filter(row -> row.locked() == null).count();
            Progress after = new Progress(
                    page.isEmpty()
                            ? before.position()
                            : page.get(page.size() - 1).position(),
                    before.rewrapped(),
                    before.unopenable() + malformed,
                    page.size() < PAGE);
            return due.isEmpty() ? Uni.createFrom().item(after) : rewrap(rows, due, after);
        });
    }

    private Uni<Progress> rewrap(SealedRows rows, List<Opened> due, Progress after) {
        return sealer.rewrapAll(due.stream().map(Opened::locked).toList()).flatMap(attempts -> {
            Tally tally = new Tally();
            Multi<Boolean> stored = Multi.createFrom()
                    .range(0, due.size())
                    .onItem()
                    .transformToUniAndConcatenate(i -> store(rows, due.get(i).row(), attempts.get(i), tally));
            return stored.collect()
                    .last()
                    .map(last -> new Progress(
                            after.position(),
                            after.rewrapped() + tally.rewrapped,
                            after.unopenable() + tally.unopenable,
                            after.finished()));
        });
    }

    private static Uni<Boolean> store(SealedRows rows, SealedRows.Row row, Attempt<Sealed> attempt, Tally tally) {
        if (attempt.failure() instanceof SecretsAwayException away) {
            return Uni.createFrom().failure(away);
        }
        if (!attempt.succeeded()) {
            tally.unopenable++;
            return Uni.createFrom().item(false);
        }
        return rows.replace(row, attempt.value().text()).invoke(replaced -> tally.rewrapped += replaced ? 1 : 0);
    }

    /** Counts of one page; its rows are stored one after the other. */
    private static final class Tally {
        private long rewrapped;
        private long unopenable;
    }

    /** @param locked null when the row's text is not a sealed secret */
    private record Opened(SealedRows.Row row, Sealer.Locked locked) {
        static Opened read(SealedRows.Row row) {
            try {
                return new Opened(row, Sealer.Locked.of(row.scope(), row.text()));
            } catch (UnopenableException e) {
                return new Opened(row, null);
            }
        }
    }
}
