package dev.afluente.sandbox.item;

import dev.afluente.sandbox.auth.Caller;
import dev.afluente.sandbox.http.PluggyError;
import dev.afluente.sandbox.journal.Journal;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** All items. Any thread; changes of one item happen one after the other and are in the journal when seen. */
@Startup
@Singleton
public class Items {

    private static final String KIND = "item";

    private final Journal journal;
    private final Map<String, Item> byId = new ConcurrentHashMap<>();

    public Items(Journal journal) {
        this.journal = journal;
    }

    @PostConstruct
    void restore() {
        journal.restore(KIND, Item.class).forEach(item -> byId.put(item.id(), item));
    }

    public List<Item> all() {
        return List.copyOf(byId.values());
    }

    /** Null if there is none (any more). */
    public Item find(String id) {
        return byId.get(id);
    }

    /** @throws PluggyError 404 ITEM_NOT_FOUND */
    public Item get(String id) {
        Item item = byId.get(id);
        if (item == null) {
            throw notFound();
        }
        return item;
    }

    /** A widget reaches the item its token was made for or made. @throws PluggyError 404 ITEM_NOT_FOUND */
    public Item getFor(Caller caller, String id) {
        Item item = get(id);
        boolean mine =
                !caller.isWidget() || caller.tokenId().equals(item.origin().tokenId()) || id.equals(caller.itemId());
        if (!mine) {
            throw notFound();
        }
        return item;
    }

    public void add(Item item) {
        byId.put(item.id(), item);
        journal.keep(KIND, item.id(), item);
    }

    /** The item after the change. @throws PluggyError 404 ITEM_NOT_FOUND */
    public Item change(String id, UnaryOperator<Item> change) {
        Item changed = byId.computeIfPresent(id, (any, item) -> {
            Item next = change.apply(item);
            journal.keep(KIND, id, next);
            return next;
        });
        if (changed == null) {
            throw notFound();
        }
        return changed;
    }

    public void remove(String id) {
        byId.remove(id);
        journal.drop(KIND, id);
    }

    private static PluggyError notFound() {
        return PluggyError.notFound("ITEM_NOT_FOUND", "item not found");
    }
}
