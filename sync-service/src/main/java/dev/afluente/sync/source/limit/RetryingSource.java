package dev.afluente.sync.source.limit;

import dev.afluente.sync.source.Change;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.Window;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccounts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.util.List;
import java.util.Optional;

/** A source that does not give up at the first stumble and keeps to the provider's limits ({@link Asking}), for one user. */
public final class RetryingSource implements Source {
    private final Source source;
    private final Asking asking;
    private final String user;

    /** @param user on whose behalf */
    public RetryingSource(Source source, Asking asking, String user) {
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
    public String link(String told) {
        return source.link(told);
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
