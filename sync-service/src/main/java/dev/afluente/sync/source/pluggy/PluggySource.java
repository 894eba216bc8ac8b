package dev.afluente.sync.source.pluggy;

import dev.afluente.model.pluggy.PluggyPages.Cursored;
import dev.afluente.model.pluggy.PluggySession;
import dev.afluente.model.pluggy.wire.PluggyItem;
import dev.afluente.sync.source.Change;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.Readiness.Refused;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourceFailure;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.Window;
import dev.afluente.sync.source.account.SourceAccount;
import dev.afluente.sync.source.account.SourceAccounts;
import dev.afluente.sync.source.pluggy.read.PluggyAccountList;
import dev.afluente.sync.source.pluggy.read.PluggyRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Pluggy through its current endpoints: accounts by item, transactions by the cursor of {@code
 * GET /v2/transactions}. Owns what a Pluggy status means for reading.
 */
@ApplicationScoped
public class PluggySource implements Source {
    private static final Set<String> COLLECTING = Set.of("UPDATING", "MERGING", "CREATING", "CREATED");
    private static final Set<String> WAITING_FOR_USER = Set.of("WAITING_USER_INPUT", "WAITING_USER_ACTION");

    private final PluggySession pluggy;

    @Inject
    public PluggySource(PluggySession pluggy) {
        this.pluggy = pluggy;
    }

    @Override
    public String provider() {
        return "pluggy";
    }

    @Override
    public Change interpret(String kind, byte[] body) {
        return PluggyNotifications.interpret(kind, body);
    }

    @Override
    public String link(String told) {
        return PluggyNotifications.link(told);
    }

    @Override
    public Optional<Told> read(byte[] body) {
        return PluggyNotifications.read(body);
    }

    @Override
    public Uni<Readiness> readiness(String linkId) {
        return pluggy.call((client, key) -> client.item(key, linkId))
                .onFailure()
                .transform(PluggyFailures::typed)
                .map(PluggySource::readiness);
    }

    @Override
    public Uni<SourceAccounts> accounts(String linkId) {
        return pluggy.call((client, key) -> client.accounts(key, linkId))
                .onFailure()
                .transform(PluggyFailures::typed)
                .map(PluggyAccountList::read);
    }

    @Override
    public Uni<SourcePage> page(SourceAccount account, Window window, String cursor) {
        String dateFrom =
                window instanceof Window.DatedSince dated ? dated.day().toString() : null;
        String createdFrom = window instanceof Window.TakenInSince taken ? PluggyRows.instant(taken.instant()) : null;
        return pluggy.call((client, key) ->
                        client.transactions(key, account.providerId(), dateFrom, createdFrom, null, cursor))
                .onFailure()
                .transform(PluggyFailures::typed)
                .map(page -> read(account, page));
    }

    @Override
    public Uni<SourcePage> named(SourceAccount account, List<String> ids) {
        return pluggy.call((client, key) ->
                        client.transactions(key, account.providerId(), null, null, String.join(",", ids), null))
                .onFailure()
                .transform(PluggyFailures::typed)
                .map(page -> read(account, page));
    }

    private static SourcePage read(SourceAccount account, Cursored page) {
        return new PluggyRows(account).read(page);
    }

    static Readiness readiness(PluggyItem item) {
        String status = item.status() == null ? "" : item.status();
        if (COLLECTING.contains(status)) {
            return new Readiness.InProgress();
        }
        if (WAITING_FOR_USER.contains(status)) {
            throw new SourceFailure.NeedsUser("mfa_required");
        }
        if (status.equals("LOGIN_ERROR") && item.lastUpdatedAt() == null) {
            throw new SourceFailure.NeedsUser("login_required");
        }
        // OUTDATED, or LOGIN_ERROR after a good sync: what was collected before can still be read.
        Refused refused = refused(item);
        boolean complete =
                status.equals("UPDATED") && !"PARTIAL_SUCCESS".equals(item.executionStatus()) && !refused.any();
        return new Readiness.Ready(item.lastUpdatedAt(), item.collectedAt(), complete, refused);
    }

    /** A card's rows are of two products, and it lacks them without either. */
    private static Refused refused(PluggyItem item) {
        boolean transactions = isRefused(item, "transactions");
        return new Refused(transactions, transactions || isRefused(item, "creditCards"));
    }

    /** What is not told of, as when all went well, was given. */
    private static boolean isRefused(PluggyItem item, String product) {
        PluggyItem.ProductStatus told =
                item.statusDetail() == null ? null : item.statusDetail().get(product);
        return told != null && Boolean.FALSE.equals(told.isUpdated());
    }
}
