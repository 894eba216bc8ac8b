package dev.afluente.sandbox.connector;

import dev.afluente.sandbox.http.PluggyError;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The institutions of {@code connectors.csv}, in its order, and their health. Any thread. */
@Singleton
public class Connectors {

    private final Map<Integer, Connector> byId = read();
    private final Map<Integer, String> health = new ConcurrentHashMap<>();

    public Collection<Connector> all() {
        return byId.values();
    }

    /** @throws PluggyError 404 CONNECTOR_NOT_FOUND */
    public Connector get(int id) {
        Connector connector = byId.get(id);
        if (connector == null) {
            throw PluggyError.notFound("CONNECTOR_NOT_FOUND", "connector not found");
        }
        return connector;
    }

    /** ONLINE, UNSTABLE or OFFLINE. */
    public String health(int id) {
        return health.getOrDefault(id, "ONLINE");
    }

    public void setHealth(int id, String status) {
        health.put(get(id).id(), status);
    }

    public void resetHealth() {
        health.clear();
    }

    private static Map<Integer, Connector> read() {
        try (InputStream csv = Connectors.class.getResourceAsStream("/connectors.csv")) {
            Map<Integer, Connector> connectors = new LinkedHashMap<>();
            new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> connector(line.split(";", -1)))
                    .forEach(connector -> connectors.put(connector.id(), connector));
            return connectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connector connector(String[] cells) {
        return new Connector(
                Integer.parseInt(cells[0]),
                cells[1],
                cells[2],
                cells[3],
                Connector.Flow.valueOf(cells[4]),
                Boolean.parseBoolean(cells[5]),
                Boolean.parseBoolean(cells[6]));
    }
}
