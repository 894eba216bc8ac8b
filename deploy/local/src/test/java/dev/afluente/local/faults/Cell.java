package dev.afluente.local.faults;

import dev.afluente.embedded.fault.Fault;
import dev.afluente.local.stack.PortPlan.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One cell of the fault matrix: what something does to the bytes between the services and what they depend on.
 *
 * @param dependency PostgreSQL, Kafka, or Pluggy by its simulator
 */
public record Cell(Role dependency, Fault fault) {
    private static final List<Role> DEPENDENCIES = List.of(Role.POSTGRES, Role.KAFKA, Role.SIMULATOR);

    /** Twice as long as a readiness check waits, and more than the door's producer gives a request. */
    private static final Fault SLOW = new Fault.Latency(Duration.ofSeconds(2));

    private static final Fault RESET = new Fault.Reset();
    private static final Fault SILENT = new Fault.BlackHole();
    private static final Fault CLOSING = new Fault.SlowClose(Duration.ofMillis(700));
    private static final Fault TRICKLE = new Fault.Trickle(1_000);

    /** PostgreSQL's greeting passes and an answer does not; of Pluggy's answers the head passes and the body does not. */
    private static final Fault CUT = new Fault.CutAfter(600);

    /** Every fault for every dependency that the whole product can be run with; Vault's are connection-service's own. */
    public static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (Role dependency : DEPENDENCIES) {
            for (Fault fault : List.of(SLOW, RESET, SILENT, CLOSING, TRICKLE, CUT)) {
                cells.add(new Cell(dependency, fault));
            }
        }
        return cells;
    }

    /** Those that have taught most: whatever says nothing, answers that are slow without end, and broken connections. */
    public static List<Cell> few() {
        return List.of(
                new Cell(Role.POSTGRES, SILENT),
                new Cell(Role.POSTGRES, TRICKLE),
                new Cell(Role.POSTGRES, RESET),
                new Cell(Role.KAFKA, SILENT),
                new Cell(Role.KAFKA, SLOW),
                new Cell(Role.KAFKA, CUT),
                new Cell(Role.SIMULATOR, SILENT),
                new Cell(Role.SIMULATOR, CLOSING));
    }

    /** The services whose readiness asks for what is in trouble. */
    public Set<Role> asking() {
        return switch (dependency) {
            case POSTGRES -> Set.of(Role.CONNECTION, Role.SYNC);
            case KAFKA -> Set.of(Role.CONNECTION, Role.WEBHOOK);
            default -> Set.of();
        };
    }

    /** Whether nothing at all can be had of the dependency; otherwise small answers may still pass in time. */
    public boolean complete() {
        return fault.equals(SLOW) || fault.equals(RESET) || fault.equals(SILENT) || fault.equals(CLOSING);
    }

    @Override
    public String toString() {
        return dependency + "/" + fault.getClass().getSimpleName();
    }
}
