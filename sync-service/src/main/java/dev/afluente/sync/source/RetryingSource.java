package dev.afluente.sync.source;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.util.List;

/** A source that does not give up at the first stumble, as {@link Persistence} says. */
final class RetryingSource implements Source {
    private final Source source;
    private final Persistence persistence = new Persistence();

    RetryingSource(Source source) {
        this.source = source;
    }

    @Override
    public String provider() {
        return source.provider();
    }

    @Override
    public Change interpret(String kind, byte[] body) {
        return source.interpret(kind, body);
    }

    @Override
    public Uni<Readiness> readiness(String linkId) {
        return persistence.ask(() -> source.readiness(linkId), new TypeLiteral<Uni<Readiness>>() {});
    }

    @Override
    public Uni<List<SourceAccount>> accounts(String linkId) {
        return persistence.ask(() -> source.accounts(linkId), new TypeLiteral<Uni<List<SourceAccount>>>() {});
    }

    @Override
    public Uni<SourcePage> page(SourceAccount account, Window window, String cursor) {
        return persistence.ask(() -> source.page(account, window, cursor), new TypeLiteral<Uni<SourcePage>>() {});
    }

    @Override
    public Uni<SourcePage> named(SourceAccount account, List<String> ids) {
        return persistence.ask(() -> source.named(account, ids), new TypeLiteral<Uni<SourcePage>>() {});
    }
}
