package dev.afluente.sync.source.bill;

import dev.afluente.sync.source.Persistence;
import dev.afluente.sync.source.SourceAccount;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every {@link BillSource} there is, by its provider key, each behind a {@link Persistence} of its own. */
@ApplicationScoped
public class BillSources {
    private final Map<String, BillSource> byProvider;

    @Inject
    public BillSources(Instance<BillSource> sources) {
        byProvider = sources.stream().collect(Collectors.toUnmodifiableMap(BillSource::provider, Persistent::new));
    }

    /** Returns a provider's bills; empty when it has none. */
    public Optional<BillSource> of(String provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }

    private record Persistent(BillSource source, Persistence persistence) implements BillSource {
        Persistent(BillSource source) {
            this(source, new Persistence());
        }

        @Override
        public String provider() {
            return source.provider();
        }

        @Override
        public Uni<SourceBills> bills(SourceAccount card) {
            return persistence.ask(() -> source.bills(card), new TypeLiteral<Uni<SourceBills>>() {});
        }
    }
}
