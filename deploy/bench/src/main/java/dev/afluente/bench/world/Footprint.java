package dev.afluente.bench.world;

import dev.afluente.bench.report.Finding;
import dev.afluente.bench.report.Machine;
import dev.afluente.bench.report.Sample;
import dev.afluente.local.stack.PortPlan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How long each service takes from its start until it is ready, and the memory it has resident after the load before. */
public final class Footprint {
    private static final List<Role> SERVICES = List.of(Role.CONNECTION, Role.WEBHOOK, Role.SYNC);

    private final World world;

    public Footprint(World world) {
        this.world = world;
    }

    public Finding measure(int repeats) {
        Map<Role, Double> resident = new TreeMap<>();
        SERVICES.forEach(role -> resident.put(
                role, Machine.residentMiB(world.stack().service(role).pid())));
        List<String> details = new ArrayList<>();
        double slowest = 0;
        for (Role role : SERVICES) {
            world.say("Restarting " + world.stack().service(role).program().name());
            List<Double> seconds = new ArrayList<>();
            for (int repeat = 0; repeat < repeats; repeat++) {
                world.stack().service(role).stop();
                long began = System.nanoTime();
                world.stack().restart(role);
                seconds.add((System.nanoTime() - began) / 1e9);
            }
            Sample sample = new Sample(seconds);
            slowest = Math.max(slowest, sample.median());
            details.add(String.format(
                    Locale.ROOT,
                    "%s: ready after %s s; %s MiB resident under load",
                    world.stack().service(role).program().name(),
                    sample.told(),
                    Sample.number(resident.get(role))));
        }
        double largest = resident.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return new Finding(
                "start to ready, and memory resident under load, of the slowest and the largest service",
                Sample.number(slowest) + " s, " + Sample.number(largest) + " MiB",
                "below 2 s and 250 MiB each",
                details);
    }
}
