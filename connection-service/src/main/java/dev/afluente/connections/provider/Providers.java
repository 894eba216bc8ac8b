package dev.afluente.connections.provider;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** All providers there are, by key. A new one only has to exist as a bean. */
@Singleton
public class Providers {
    private final Map<String, Provider> byKey;
    private final Provider preferred;

    /** @param preferred key of the provider whose place for connecting banks the frontend uses */
    Providers(
            @All List<Provider> providers,
            @ConfigProperty(name = "afluente.connections.provider", defaultValue = "pluggy") String preferred) {
        this.byKey = providers.stream().collect(Collectors.toUnmodifiableMap(Provider::key, Function.identity()));
        this.preferred = get(preferred);
    }

    /** Returns the provider new links are made at. */
    public Provider preferred() {
        return preferred;
    }

    /**
     * Returns the provider of a stored connection.
     *
     * @throws IllegalStateException when this version does not contain it
     */
    public Provider get(String key) {
        Provider provider = byKey.get(key);
        if (provider == null) {
            throw new IllegalStateException("There is no provider " + key);
        }
        return provider;
    }
}
