package dev.afluente.model.pluggy;

import dev.afluente.model.pluggy.PluggyPages.ApiKey;
import dev.afluente.model.pluggy.wire.PluggyItem;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Pluggy as a test writes it: hands out the keys {@code key-1}, {@code key-2}, … and answers the reading of an item as
 * the test says. Any other call fails. Safe from any thread.
 */
final class ScriptedPluggy {
    final AtomicInteger authentications = new AtomicInteger();
    final List<String> keysUsed = new CopyOnWriteArrayList<>();

    volatile Supplier<Uni<ApiKey>> onAuthenticate = this::nextKey;
    volatile Function<String, Uni<PluggyItem>> onItem = key -> Uni.createFrom().item(item(key));

    /** What asks this Pluggy. */
    PluggyClient client() {
        return (PluggyClient) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {PluggyClient.class},
                (proxy, method, values) -> answer(method, values));
    }

    /** The next key of the row, as an answer. */
    Uni<ApiKey> nextKey() {
        return Uni.createFrom().item(new ApiKey("key-" + authentications.get()));
    }

    /** An item whose id tells which key fetched it. */
    static PluggyItem item(String key) {
        return new PluggyItem(
                key, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private Uni<?> answer(Method method, Object[] values) {
        return switch (method.getName()) {
            case "authenticate" -> {
                authentications.incrementAndGet();
                yield onAuthenticate.get();
            }
            case "item" -> {
                String key = (String) values[0];
                keysUsed.add(key);
                yield onItem.apply(key);
            }
            default -> throw new IllegalStateException("Pluggy was asked for what no test scripts: " + method);
        };
    }
}
