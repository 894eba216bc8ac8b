package dev.afluente.sync.source;

import dev.afluente.sync.source.limit.Asking;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * Every {@link Source} there is, by its provider key, each behind {@link RetryingSource}. How many calls a minute this
 * instance may make at each of a provider's endpoints is {@code afluente.sync.calls-per-minute.<provider>}: the provider's
 * limit divided by the number of instances. Without it there is no limit but the provider's word.
 */
@ApplicationScoped
public class Sources {
    private static final String LIMIT = "afluente.sync.calls-per-minute.";

    /** On whose behalf what belongs to nobody is asked. */
    private static final String NOBODY = "";

    private final Map<String, Source> byProvider;
    private final Map<String, Asking> asking;

    @Inject
    public Sources(Instance<Source> sources, Config config, Vertx vertx, MeterRegistry metrics) {
        byProvider = sources.stream().collect(Collectors.toUnmodifiableMap(Source::provider, Function.identity()));
        asking = byProvider.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        provider -> new Asking(
                                provider,
                                config.getOptionalValue(LIMIT + provider, Integer.class)
                                        .orElse(Integer.MAX_VALUE),
                                vertx,
                                metrics)));
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
        return new RetryingSource(source, asking.get(provider), user);
    }
}
