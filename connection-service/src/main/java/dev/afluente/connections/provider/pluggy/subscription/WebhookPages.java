package dev.afluente.connections.provider.pluggy.subscription;

import dev.afluente.model.pluggy.PluggyPages.Numbered;
import dev.afluente.model.pluggy.PluggyPages.Webhook;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** All webhooks of the application, whatever page ours is on; at most {@value #MOST} pages. */
final class WebhookPages {
    private static final int MOST = 100;

    private WebhookPages() {}

    /** @param pages asks for one page, from 1; the first is asked for by null */
    static Uni<List<Webhook>> all(Function<Integer, Uni<Numbered<Webhook>>> pages) {
        return from(1, new ArrayList<>(), pages);
    }

    private static Uni<List<Webhook>> from(
            int number, List<Webhook> found, Function<Integer, Uni<Numbered<Webhook>>> pages) {
        return pages.apply(number == 1 ? null : Integer.valueOf(number)).chain(page -> {
            if (page.results() != null) {
                found.addAll(page.results());
            }
            int last = page.totalPages() == null ? 1 : Math.min(page.totalPages(), MOST);
            return number >= last ? Uni.createFrom().item(found) : from(number + 1, found, pages);
        });
    }
}
