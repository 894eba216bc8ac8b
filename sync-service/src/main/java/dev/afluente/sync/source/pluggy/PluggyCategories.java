package dev.afluente.sync.source.pluggy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afluente.model.pluggy.PluggySession;
import dev.afluente.sync.source.category.CategorySource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pluggy's tree. Its document calls the answer an array and shows a page envelope; both are read. An entry without an id
 * or a name is left out. At most {@value #MAX} are taken.
 */
@ApplicationScoped
public class PluggyCategories implements CategorySource {
    private static final int MAX = 2_000;
    private static final int MAX_ID = 50;
    private static final int MAX_NAME = 200;

    private final PluggySession pluggy;

    @Inject
    public PluggyCategories(PluggySession pluggy) {
        this.pluggy = pluggy;
    }

    @Override
    public String provider() {
        return "pluggy";
    }

    @Override
    public Uni<List<ProviderCategory>> categories() {
        return pluggy.call((client, key) -> client.categories(key))
                .onFailure()
                .transform(PluggyFailures::typed)
                .map(PluggyCategories::read);
    }

    static List<ProviderCategory> read(JsonNode answer) {
        Map<String, ProviderCategory> byId = new LinkedHashMap<>();
        for (JsonNode each : answer.isArray() ? answer : answer.path("results")) {
            String id = text(each, "id", MAX_ID);
            String english = text(each, "description", MAX_NAME);
            String portuguese = text(each, "descriptionTranslated", MAX_NAME);
            String name = english == null ? portuguese : english;
            if (id != null && name != null && byId.size() < MAX) {
                String parent = text(each, "parentId", MAX_ID);
                byId.putIfAbsent(id, new ProviderCategory(id, parent, portuguese == null ? name : portuguese, name));
            }
        }
        return List.copyOf(byId.values());
    }

    private static String text(JsonNode entry, String member, int max) {
        String text =
                entry.path(member).isTextual() ? entry.path(member).textValue().strip() : "";
        return text.isEmpty() || text.length() > max || text.indexOf('\0') >= 0 ? null : text;
    }
}
