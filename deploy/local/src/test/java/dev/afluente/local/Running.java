package dev.afluente.local;

import dev.afluente.embedded.identity.Tokens;
import dev.afluente.local.demo.Simulator;
import dev.afluente.local.gateway.Gateway;
import dev.afluente.local.http.JsonHttp;
import dev.afluente.local.stack.DataDirectory;
import dev.afluente.local.stack.PortPlan;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.local.stack.Stack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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
        return in(directory, ports, ports, settings);
    }

    /** @param reached where the services find PostgreSQL, Kafka and the simulator */
    static Running in(Path directory, PortPlan ports, PortPlan reached, Map<String, String> settings) {
        DataDirectory data = DataDirectory.open(directory, false);
        Stack stack = new Stack(ports, reached, data, line -> {}, settings);
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
        return new JsonHttp(gateway.url(), Map.of("Authorization", "Bearer " + token(user)));
    }

    /** A user's access token. */
    public String token(String user) {
        return new Tokens(stack.keys()).forUser(user);
    }

    /** Every event that the inbox holds. */
    public Set<String> inbox() throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Connection connection = stack.postgres().databases().connect("afluente_sync");
                Statement statement = connection.createStatement()) {
            statement.execute("SET afluente.tenant = '*'");
            try (ResultSet rows = statement.executeQuery("SELECT event_id FROM inbox")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }

    /** The sum of a service's samples that begin like this, without those that are unknown. */
    public long metric(Role role, String beginning) {
        JsonHttp service = new JsonHttp(stack.ports().url(role), Map.of());
        try (InputStream body = service.stream("/q/metrics");
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.startsWith(beginning))
                    .mapToLong(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)).longValue())
                    .filter(bytes -> bytes > 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        stack.close();
        data.close();
    }
}
