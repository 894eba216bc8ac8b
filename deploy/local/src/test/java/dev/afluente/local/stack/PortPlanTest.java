package dev.afluente.local.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afluente.local.stack.PortPlan.Role;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void acceptsFreePorts() {
        assertThatCode(() -> PortPlan.free().check()).doesNotThrowAnyException();
    }

    @Test
    void namesATakenPortAndTheOptionThatChangesIt() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortPlan plan = with(Role.SIMULATOR, other.getLocalPort());
            assertThatThrownBy(plan::check)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining("--simulator-port");
        }
    }

    @Test
    void namesAPortThatIsGivenTwice() {
        PortPlan free = PortPlan.free();
        Map<Role, Integer> ports = new EnumMap<>(free.ports());
        ports.put(Role.KAFKA, free.of(Role.GATEWAY));
        assertThatThrownBy(() -> new PortPlan(ports).check())
                .hasMessageContaining("--gateway-port")
                .hasMessageContaining("--kafka-port");
    }

    private static PortPlan with(Role role, int port) {
        Map<Role, Integer> ports = new EnumMap<>(PortPlan.free().ports());
        ports.put(role, port);
        return new PortPlan(ports);
    }
}
