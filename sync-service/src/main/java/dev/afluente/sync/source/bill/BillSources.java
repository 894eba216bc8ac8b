package dev.afluente.sync.source.bill;

import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.limit.Asking;
import dev.afluente.sync.source.limit.Limits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every {@link BillSource} there is, by its provider key, each asked as everything else of its provider is. */
@ApplicationScoped
public class BillSources {
    private final Map<String, BillSource> byProvider;
    private final Limits limits;

    @Inject
    public BillSources(Instance<BillSource> sources, Limits limits) {
        this.byProvider =
                sources.stream().collect(Collectors.toUnmodifiableMap(BillSource::provider, Function.identity()));
        this.limits = limits;
    }

    /** Tells whether a provider has bills. */
    public boolean has(String provider) {
        return byProvider.containsKey(provider);
    }

    /**
     * Returns a provider's bills; empty when it has none.
     *
     * @param user on whose behalf it is asked: users share the provider's limits equally
     */
    public Optional<BillSource> of(String provider, String user) {
        return Optional.ofNullable(byProvider.get(provider))
                .map(source -> new Limited(source, limits.of(provider), user));
    }

    private record Limited(BillSource source, Asking asking, String user) implements BillSource {
        @Override
        public String provider() {
            return source.provider();
        }

        @Override
        public Uni<SourceBills> bills(SourceAccount card) {
            return asking.ask(user, "bills", () -> source.bills(card), new TypeLiteral<Uni<SourceBills>>() {});
        }
    }
}
