package dev.afluente.sandbox.category;

import dev.afluente.sandbox.http.PluggyError;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tree of {@code categories.csv}: a part of Pluggy's, under its ids. */
@Singleton
public class Categories {

    private final Map<String, Category> byId = read();

    public Collection<Category> all() {
        return byId.values();
    }

    /** @throws PluggyError 404 CATEGORY_NOT_FOUND */
    public Category get(String id) {
        Category category = byId.get(id);
        if (category == null) {
            throw PluggyError.notFound("CATEGORY_NOT_FOUND", "category not found");
        }
        return category;
    }

    private static Map<String, Category> read() {
        try (InputStream csv = Categories.class.getResourceAsStream("/categories.csv")) {
            Map<String, Category> categories = new LinkedHashMap<>();
            new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(";", -1))
                    .forEach(cells -> categories.put(
                            cells[0], new Category(cells[0], cells[1], cells[2], categories.get(cells[3]))));
            return categories;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
