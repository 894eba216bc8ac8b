package dev.afluente.sync.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.stream.Collectors;

/** Every {@link Source} there is, by its provider key, each behind {@link RetryingSource}. */
@ApplicationScoped
public class Sources {
    private final Map<String, RetryingSource> byProvider;

    @Inject
    public Sources(Instance<Source> sources) {
        byProvider = sources.stream().collect(Collectors.toUnmodifiableMap(Source::provider, RetryingSource::new));
    }

    /**
     * Returns the source of a provider.
     *
     * @throws SourceFailure.Rejected when this version has none
     */
    public Source of(String provider) {
        Source source = byProvider.get(provider);
        if (source == null) {
            throw new SourceFailure.Rejected("unknown_provider");
        }
        return source;
    }
}
