package dev.afluente.sync.merge.model;

import dev.afluente.sync.source.Change;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.source.Window;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccounts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A provider whose every page is the test's: it reads {@link Bank}s, as their {@link Script} says. */
@ApplicationScoped
public class ScriptedSource implements Source {
    static final String PROVIDER = "scripted";

    private final Map<String, Script> byLink = new ConcurrentHashMap<>();
    private final Map<String, Script> byAccount = new ConcurrentHashMap<>();

    /** Reads a bank through its present link, by the script. */
    void play(Script script) {
        byLink.put(script.bank.link, script);
        byAccount.put(script.bank.account, script);
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public Change interpret(String kind, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String account = text.substring(0, text.indexOf('|'));
        String rest = text.substring(account.length() + 1);
        return kind.equals("touched")
                ? new Change.Touched(account, List.of(rest.split(",")))
                : new Change.TakenIn(account, Instant.parse(rest));
    }

    @Override
    public Optional<Told> read(byte[] body) {
        return Optional.empty();
    }

    @Override
    public Uni<Readiness> readiness(String linkId) {
        Instant now = Instant.now();
        Readiness.Ready ready = byLink.get(linkId).bank.ready;
        return Uni.createFrom().item(ready == null ? new Readiness.Ready(now, now, true) : ready);
    }

    @Override
    public Uni<SourceAccounts> accounts(String linkId) {
        Script script = byLink.get(linkId);
        if (!script.bank.link.equals(linkId)) {
            return Uni.createFrom().failure(new SourceFailure.Gone());
        }
        return Uni.createFrom()
                .item(new SourceAccounts(
                        List.of(new SourceAccount(
                                script.bank.account,
                                "BANK",
                                "CHECKING_ACCOUNT",
                                "Conta",
                                script.bank.number,
                                "BRL",
                                BigDecimal.TEN,
                                null,
                                new SourceAccount.Printed("12345678909", "001", "1", script.bank.number))),
                        List.of()));
    }

    @Override
    public Uni<SourcePage> page(SourceAccount account, Window window, String cursor) {
        return Uni.createFrom()
                .deferred(() -> byAccount.get(account.providerId()).page(window, cursor));
    }

    @Override
    public Uni<SourcePage> named(SourceAccount account, List<String> ids) {
        Script script = byAccount.get(account.providerId());
        List<SourceTransaction> there = !script.bank.account.equals(account.providerId())
                ? List.of()
                : script.bank.shown().stream()
                        .filter(row -> ids.contains(row.providerId()))
                        .toList();
        return Uni.createFrom().item(new SourcePage(there, List.of(), null));
    }
}
