package dev.afluente.sandbox.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.SandboxConfig;
import dev.afluente.sandbox.http.Json;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the simulator's state over restarts: one JSON line per change in {@code journal.ndjson}, the latest line of an
 * entity being its state. Read back and rewritten without the outdated lines at start. A line is handed to the operating
 * system before the change is answered, so it survives the end of the process; it is not forced to disk, so the end of
 * the machine may cost the last lines. Appending copies a few hundred bytes into the page cache and is done on the
 * caller's thread. Does nothing when no directory is configured.
 */
@Singleton
public class Journal {

    private static final String FILE = "journal.ndjson";
    private static final String SETTING = "setting";
    private static final String ID_KEY = "id-key";

    private final Map<String, Map<String, JsonNode>> restored = new LinkedHashMap<>();
    private final FileChannel channel;
    private final long idKey;

    public Journal(SandboxConfig config) {
        this.channel = config.dataDir().map(this::open).orElse(null);
        JsonNode known = restored.getOrDefault(SETTING, Map.of()).get(ID_KEY);
        if (known == null) {
            this.idKey = new SecureRandom().nextLong();
            keep(SETTING, ID_KEY, idKey);
        } else {
            this.idKey = known.longValue();
        }
    }

    /** What this simulator's transaction ids are made with; drawn once per data directory. */
    public long idKey() {
        return idKey;
    }

    /** The entities of a kind as they were at the end of the last run, in the order of their first lines. */
    public <T> List<T> restore(String kind, Class<T> type) {
        Map<String, JsonNode> found = restored.remove(kind);
        return found == null
                ? List.of()
                : found.values().stream()
                        .map(state -> Json.MAPPER.convertValue(state, type))
                        .toList();
    }

    public void keep(String kind, String id, Object state) {
        append(kind, id, Json.tree(state));
    }

    public void drop(String kind, String id) {
        append(kind, id, null);
    }

    private synchronized void append(String kind, String id, JsonNode state) {
        if (channel == null) {
            return;
        }
        try {
            ByteBuffer line = ByteBuffer.wrap(line(kind, id, state).getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(String kind, String id, JsonNode state) {
        ObjectNode line = Json.object().put("k", kind).put("id", id);
        line.set("v", state);
        return new String(Json.bytes(line), StandardCharsets.UTF_8) + "\n";
    }

    private FileChannel open(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(FILE);
            if (Files.exists(file)) {
                read(file);
                Path fresh = directory.resolve(FILE + ".new");
                rewrite(fresh);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode entry = parse(line, lines.ready());
                if (entry == null) {
                    return;
                }
                Map<String, JsonNode> entities =
                        restored.computeIfAbsent(entry.get("k").textValue(), kind -> new LinkedHashMap<>());
                String id = entry.get("id").textValue();
                if (entry.get("v").isNull()) {
                    entities.remove(id);
                } else {
                    entities.put(id, entry.get("v"));
                }
            }
        }
    }

    /** The last line may have been cut by the end of the process; then it was never answered either. */
    private static JsonNode parse(String line, boolean moreFollow) throws IOException {
        try {
            return Json.MAPPER.readTree(line);
        } catch (IOException e) {
            if (moreFollow) {
                throw e;
            }
            return null;
        }
    }

    private void rewrite(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Map.Entry<String, Map<String, JsonNode>> kind : restored.entrySet()) {
                for (Map.Entry<String, JsonNode> entity : kind.getValue().entrySet()) {
                    out.write(line(kind.getKey(), entity.getKey(), entity.getValue()));
                }
            }
        }
    }

    @PreDestroy
    void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
