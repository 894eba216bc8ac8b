package dev.afluente.sync.history.live;

import dev.afluente.model.http.Caller;
import dev.afluente.model.outage.Outage;
import dev.afluente.model.problem.ProblemCode;
import dev.afluente.sync.history.History;
import dev.afluente.sync.history.RunView;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Everybody who watches a run in this instance, whichever instance works on it: the database is looked at every {@value
 * #LOOK_MS} ms, in one transaction for all watched runs, and not at all when nobody watches. A listener that is gone is
 * forgotten at the next look; one that reads slowly is told the latest state only. At most {@code afluente.sync.listeners} (1,000)
 * per instance and {@value #PER_USER} per user.
 */
@ApplicationScoped
public class RunWatch {
    private static final Logger LOG = Logger.getLogger(RunWatch.class);
    private static final int LOOK_MS = 500;
    private static final int HEAD_START_MS = 20;
    private static final int PER_USER = 10;
    private static final int COME_BACK_SECONDS = 10;

    private final Vertx vertx;
    private final History history;
    private final int most;
    private final Duration silence;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Outage outage = new Outage(LOG, "Watched runs are not looked at");

    /** @param silence {@code afluente.sync.heartbeat}: after this long without a word a comment is sent */
    @Inject
    public RunWatch(
            Vertx vertx,
            History history,
            @ConfigProperty(name = "afluente.sync.listeners", defaultValue = "1000") int most,
            @ConfigProperty(name = "afluente.sync.heartbeat", defaultValue = "PT15S") Duration silence) {
        this.vertx = vertx;
        this.history = history;
        this.most = most;
        this.silence = silence;
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(LOOK_MS, timer -> look());
    }

    /** Lets everybody go, so that they look for another instance. */
    void stop(@Observes ShutdownEvent stopping) {
        listeners.forEach(Listener::close);
    }

    /** How many watch at the moment. */
    public int listening() {
        return listeners.size();
    }

    /**
     * Tells a run's states from {@code first} on until it has ended. Refuses with {@code too_many_requests} when too many
     * watch already; then nothing was sent.
     */
    void follow(Caller caller, RunView first, Line line) {
        long own = listeners.stream()
                .filter(each ->
                        each.user.equals(caller.user()) && each.run.tenant().equals(caller.tenant()))
                .count();
        if (listeners.size() >= most || own >= PER_USER) {
            throw ProblemCode.TOO_MANY_REQUESTS.retryAfter(COME_BACK_SECONDS);
        }
        History.Key run = new History.Key(caller.tenant(), first.id());
        Listener listener = new Listener(run, caller.user(), line, Instant.now());
        listeners.add(listener);
        // Not before the answer's head, which is sent when this call has returned.
        vertx.setTimer(HEAD_START_MS, timer -> listener.tell(first, Instant.now()));
    }

    private void look() {
        listeners.removeIf(Listener::isGone);
        if (listeners.isEmpty() || !looking.compareAndSet(false, true)) {
            return;
        }
        Instant now = Instant.now();
        listeners.forEach(each -> each.beat(silence, now));
        Set<History.Key> watched = listeners.stream().map(each -> each.run).collect(Collectors.toSet());
        history.all(watched)
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(
                        states -> {
                            outage.over();
                            tell(states);
                        },
                        outage::failed);
    }

    private void tell(Map<History.Key, RunView> states) {
        Instant now = Instant.now();
        for (Listener listener : listeners) {
            RunView state = states.get(listener.run);
            if (state != null) {
                listener.tell(state, now);
            }
        }
    }
}
