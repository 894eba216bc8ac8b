package dev.afluente.local.stack;

import dev.afluente.embedded.process.Ports;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Who listens where on 127.0.0.1. Immutable. Port 0 means: any free one. */
public record PortPlan(Map<Role, Integer> ports) {

    /** Who listens. */
    public enum Role {
        GATEWAY(8080),
        SIMULATOR(8090),
        POSTGRES(0),
        KAFKA(0),
        CONNECTION(0),
        WEBHOOK(0),
        SYNC(0);

        private final int defaultPort;

        Role(int defaultPort) {
            this.defaultPort = defaultPort;
        }

        /** 0 for any free port. */
        public int defaultPort() {
            return defaultPort;
        }

        String option() {
            return "--" + name().toLowerCase(Locale.ROOT) + "-port";
        }
    }

    public PortPlan {
        ports = Map.copyOf(ports);
    }

    /** Everything on a free port; for tests. */
    public static PortPlan free() {
        Map<Role, Integer> ports = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            ports.put(role, 0);
        }
        return new PortPlan(ports).resolved();
    }

    /** The same with another port for one role. */
    public PortPlan with(Role role, int port) {
        Map<Role, Integer> changed = new EnumMap<>(ports);
        changed.put(role, port);
        return new PortPlan(changed);
    }

    public int of(Role role) {
        return ports.get(role);
    }

    /** The address of whoever has this role, without a slash at the end. */
    public String url(Role role) {
        return "http://127.0.0.1:" + of(role);
    }

    /** Zeros replaced by free ports, all different. */
    public PortPlan resolved() {
        Map<Role, Integer> resolved = new EnumMap<>(ports);
        Set<Integer> used = new HashSet<>(ports.values());
        for (Map.Entry<Role, Integer> entry : resolved.entrySet()) {
            while (entry.getValue() == 0) {
                int candidate = Ports.free();
                if (used.add(candidate)) {
                    entry.setValue(candidate);
                }
            }
        }
        return new PortPlan(resolved);
    }

    /** @throws StartException that names the taken port and the option that changes it */
    public void check() {
        Map<Integer, Role> seen = new java.util.HashMap<>();
        for (Role role : Role.values()) {
            Role other = seen.put(of(role), role);
            if (other != null) {
                throw new StartException(
                        "Port " + of(role) + " is given twice: " + other.option() + " and " + role.option() + ".");
            }
            if (!Ports.isFree(of(role))) {
                throw new StartException(
                        "Port " + of(role) + " is taken by another program. Choose another one for the "
                                + role.name().toLowerCase(Locale.ROOT) + " with " + role.option() + ".");
            }
        }
    }
}
