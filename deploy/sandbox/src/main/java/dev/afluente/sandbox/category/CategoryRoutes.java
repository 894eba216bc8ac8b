package dev.afluente.sandbox.category;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afluente.sandbox.http.Api;
import dev.afluente.sandbox.http.Call;
import dev.afluente.sandbox.http.Json;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code /categories}, listed in a page envelope as Pluggy's example and SDK have it. */
@Singleton
public class CategoryRoutes {

    private final Api api;
    private final Categories categories;

    public CategoryRoutes(Api api, Categories categories) {
        this.api = api;
        this.categories = categories;
    }

    void register(@Observes Router router) {
        api.keyed(router, HttpMethod.GET, "/categories", this::list);
        api.keyed(router, HttpMethod.GET, "/categories/:id", call -> Json.bytes(view(categories.get(call.path("id")))));
    }

    private byte[] list(Call call) {
        String parentId = call.query("parentId");
        ArrayNode results = Json.array();
        for (Category category : categories.all()) {
            boolean child = category.parent() != null && category.parent().id().equals(parentId);
            if (parentId == null || child) {
                results.add(view(category));
            }
        }
        return Json.bytes(Json.page(results));
    }

    private static ObjectNode view(Category category) {
        ObjectNode view = Json.object()
                .put("id", category.id())
                .put("description", category.description())
                .put("descriptionTranslated", category.translated());
        if (category.parent() != null) {
            view.put("parentId", category.parent().id())
                    .put("parentDescription", category.parent().description());
        }
        return view;
    }
}
