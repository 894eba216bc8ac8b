package dev.afluente.sync.source;

import dev.afluente.sync.source.limit.Asking;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.util.List;
import java.util.Optional;

/** A source that does not give up at the first stumble and keeps to the provider's limits ({@link Asking}), for one user. */
final class RetryingSource implements Source {
    private final Source source;
    private final Asking asking;
    private final String user;

    RetryingSource(Source source, Asking asking, String user) {
        this.source = source;
        this.asking = asking;
        this.user = user;
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
    public Optional<Told> read(byte[] body) {
        return source.read(body);
    }

    @Override
    public Uni<Readiness> readiness(String linkId) {
        return asking.ask(user, "link", () -> source.readiness(linkId), new TypeLiteral<Uni<Readiness>>() {});
    }

    @Override
    public Uni<SourceAccounts> accounts(String linkId) {
        return asking.ask(user, "accounts", () -> source.accounts(linkId), new TypeLiteral<Uni<SourceAccounts>>() {});
    }

    @Override
    public Uni<SourcePage> page(SourceAccount account, Window window, String cursor) {
        return asking.ask(
                user, "rows", () -> source.page(account, window, cursor), new TypeLiteral<Uni<SourcePage>>() {});
    }

    @Override
    public Uni<SourcePage> named(SourceAccount account, List<String> ids) {
        return asking.ask(user, "rows", () -> source.named(account, ids), new TypeLiteral<Uni<SourcePage>>() {});
    }
}
