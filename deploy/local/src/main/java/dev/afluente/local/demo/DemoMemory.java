package dev.afluente.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.local.http.JsonHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Remembers between runs which bank connection the demo made for which of the simulator's users. */
record DemoMemory(Path file) {

    /** A connection and the simulator's name for it. */
    record Link(String connectionId, String itemId) {}

    Optional<Link> recall(String bankUser) {
        JsonNode link = read().path(bankUser);
        return link.isObject()
                ? Optional.of(new Link(
                        link.path("connection_id").asText(),
                        link.path("item_id").asText()))
                : Optional.empty();
    }

    void keep(String bankUser, Link link) {
        ObjectNode all = read();
        all.putObject(bankUser).put("connection_id", link.connectionId()).put("item_id", link.itemId());
        try {
            Files.writeString(file, all.toPrettyString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode read() {
        try {
            return Files.exists(file)
                    ? JsonHttp.JSON.readValue(file.toFile(), ObjectNode.class)
                    : JsonHttp.JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
