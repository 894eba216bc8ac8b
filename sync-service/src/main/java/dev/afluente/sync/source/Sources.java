package dev.afluente.sync.source;

import dev.afluente.sync.source.limit.Limits;
import dev.afluente.sync.source.limit.RetryingSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every {@link Source} there is, by its provider key, each behind {@link RetryingSource}. */
@ApplicationScoped
public class Sources {
    /** On whose behalf what belongs to nobody is asked. */
    private static final String NOBODY = "";

    private final Map<String, Source> byProvider;
    private final Limits limits;

    @Inject
    public Sources(Instance<Source> sources, Limits limits) {
        this.byProvider = sources.stream().collect(Collectors.toUnmodifiableMap(Source::provider, Function.identity()));
        this.limits = limits;
    }

    /**
     * Returns the source of a provider, for what is done on nobody's behalf.
     *
     * @throws SourceFailure.Rejected when this version has none
     */
    public Source of(String provider) {
        return of(provider, NOBODY);
    }

    /**
     * Returns the source of a provider.
     *
     * @param user on whose behalf it is asked: users share the provider's limits equally
     * @throws SourceFailure.Rejected when this version has none
     */
    public Source of(String provider, String user) {
        Source source = byProvider.get(provider);
        if (source == null) {
            throw new SourceFailure.Rejected("unknown_provider");
        }
        return new RetryingSource(source, limits.of(provider), user);
    }
}
