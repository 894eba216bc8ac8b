package dev.afluente.local.faults;

import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Asks each service a few times a second whether it is ready and alive, as an orchestrator does: no answer is a no. */
public final class Pulse implements AutoCloseable {
    /** The three services. */
    public static final List<Role> SERVICES = List.of(Role.CONNECTION, Role.SYNC, Role.WEBHOOK);

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long PACE_MILLIS = 250;

    private final HttpClient client;
    private final PortPlan ports;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2 * SERVICES.size());
    private final Set<Role> unready = ConcurrentHashMap.newKeySet();
    private final Set<Role> lifeless = ConcurrentHashMap.newKeySet();
    private final Map<Role, Boolean> ready = new EnumMap<>(Role.class);

    public Pulse(HttpClient client, PortPlan ports) {
        this.client = client;
        this.ports = ports;
        for (Role service : SERVICES) {
            every(() -> {
                if (!isReady(service)) {
                    unready.add(service);
                }
            });
            every(() -> {
                if (!says(service, "live")) {
                    lifeless.add(service);
                }
            });
        }
    }

    private void every(Runnable look) {
        ScheduledFuture<?> unused = clock.scheduleWithFixedDelay(look, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean isReady(Role service) {
        boolean yes = says(service, "ready");
        synchronized (ready) {
            ready.put(service, yes);
        }
        return yes;
    }

    private boolean says(Role service, String what) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ports.url(service) + "/q/health/" + what))
                .timeout(PATIENCE)
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            // the end of the test, and no answer of the service's
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whether every service was ready when it was last asked. */
    public boolean allReady() {
        synchronized (ready) {
            return ready.size() == SERVICES.size() && !ready.containsValue(false);
        }
    }

    /** Services that were not ready at some moment. */
    public Set<Role> unready() {
        return Set.copyOf(unready);
    }

    /** Services that did not say that they live at some moment. */
    public Set<Role> lifeless() {
        return Set.copyOf(lifeless);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
