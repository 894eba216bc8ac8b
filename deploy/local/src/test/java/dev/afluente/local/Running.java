package dev.afluente.local;

import dev.afluente.embedded.identity.Tokens;
import dev.afluente.local.demo.Simulator;
import dev.afluente.local.gateway.Gateway;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.stack.DataDirectory;
import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.local.stack.Stack;
import java.nio.file.Path;
import java.util.Map;

/** The whole product on free ports, as {@code deploy/up} runs it. */
public final class Running implements AutoCloseable {
    private final DataDirectory data;
    private final Stack stack;
    private final Gateway gateway;
    private final Simulator simulator;

    private Running(DataDirectory data, Stack stack, Gateway gateway, Simulator simulator) {
        this.data = data;
        this.stack = stack;
        this.gateway = gateway;
        this.simulator = simulator;
    }

    public static Running in(Path directory) {
        return in(directory, Map.of());
    }

    /** @param settings environment variables for the three services */
    public static Running in(Path directory, Map<String, String> settings) {
        PortPlan ports = PortPlan.free();
        DataDirectory data = DataDirectory.open(directory, false);
        Stack stack = new Stack(ports, data, line -> {}, settings);
        stack.start();
        Gateway gateway = new Gateway(ports, new Tokens(stack.keys())).start();
        Simulator simulator = new Simulator(ports.url(Role.SIMULATOR));
        simulator.forgetOtherDoors(gateway.url());
        return new Running(data, stack, gateway, simulator);
    }

    public DataDirectory data() {
        return data;
    }

    public Stack stack() {
        return stack;
    }

    public Gateway gateway() {
        return gateway;
    }

    public Simulator simulator() {
        return simulator;
    }

    /** The public API as a user of the product. */
    public JsonHttp api(String user) {
        return new JsonHttp(gateway.url(), Map.of("Authorization", "Bearer " + new Tokens(stack.keys()).forUser(user)));
    }

    @Override
    public void close() {
        gateway.close();
        stack.close();
        data.close();
    }
}
