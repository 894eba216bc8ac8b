package dev.afluente.sync.plan;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.source.Change;
import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides what a run reads. The first time everything; later, after a collection, everything again of a small account,
 * and of a large one what the provider took in since the watermark and a recent window; compared with the ledger, which
 * heals lost notifications. Of an account that an older source reads again nothing, until that has been collected as far
 * as the ledger: what it shows instead would be the past. Besides, the rows that notifications named. Once in {@link #FULL_EVERY}, and when a whole
 * collection was missed, everything. Pure.
 */
public final class SyncPlan {
    /** Rows are taken in a little before or after the instant the provider names. */
    static final Duration OVERLAP = Duration.ofMinutes(10);

    /** Providers re-read at most seven days; a card's bill closes once a month. */
    static final int RECENT_DAYS = 45;

    static final Duration FULL_EVERY = Duration.ofDays(7);

    /** Beyond this, naming rows costs more calls than reading everything. */
    static final int MAX_NAMED = 5_000;

    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");

    private final List<Told> told;
    private final Instant now;

    /** What a notification said, and when it came. */
    public record Told(Change change, Instant at) {}

    /** @param told what the run's notifications said; none when somebody asked for the run without one */
    public SyncPlan(List<Told> told, Instant now) {
        this.told = told;
        this.now = now;
    }

    /** Returns what to read of one account. */
    public AccountPlan of(LedgerAccount account, Readiness.Ready ready) {
        if (account.isBehind(ready.asOf())) {
            return AccountPlan.NOTHING;
        }
        if (account.fullReadAt() == null
                || account.fullReadAt().plus(FULL_EVERY).isBefore(now)) {
            return everything();
        }
        List<Change> news = news(account);
        if (news.stream().anyMatch(Change.Missed.class::isInstance) && !isUpToDate(account, ready)) {
            return everything();
        }
        Set<String> named = named(account, news);
        if (named.size() > MAX_NAMED) {
            return everything();
        }
        List<Window> windows = new ArrayList<>();
        boolean complete = asksForAnything(news) || (tellsOfCollection(news) && !isUpToDate(account, ready));
        if (complete && account.isSmall()) {
            return everything();
        }
        Instant since = takenInSince(account, news, complete);
        if (since != null) {
            windows.add(new Window.TakenInSince(since.minus(OVERLAP)));
        }
        if (complete) {
            windows.add(
                    new Window.DatedSince(LocalDate.ofInstant(now, SAO_PAULO).minusDays(RECENT_DAYS)));
        }
        return new AccountPlan(windows, List.copyOf(named), complete);
    }

    private static AccountPlan everything() {
        return new AccountPlan(List.of(new Window.Everything()), List.of(), true);
    }

    /** Leaves out what came before the last read that saw it began. */
    private List<Change> news(LedgerAccount account) {
        return told.stream()
                .filter(each -> isNews(each, account))
                .map(Told::change)
                .toList();
    }

    /** The windows of a complete read may pass by a row that was named, when it is an old one: only a read of all has seen it. */
    private static boolean isNews(Told each, LedgerAccount account) {
        Instant seen = each.change() instanceof Change.Touched ? account.fullReadAt() : account.readAt();
        return seen == null || each.at().isAfter(seen);
    }

    private boolean asksForAnything(List<Change> news) {
        return told.isEmpty() || news.stream().anyMatch(Change.Anything.class::isInstance);
    }

    private static boolean tellsOfCollection(List<Change> news) {
        return news.stream().anyMatch(Change.Collected.class::isInstance);
    }

    /** The collection is one that the last complete read has seen. */
    private static boolean isUpToDate(LedgerAccount account, Readiness.Ready ready) {
        return ready.asOf() != null && ready.asOf().equals(account.watermark());
    }

    private static Instant takenInSince(LedgerAccount account, List<Change> news, boolean complete) {
        Instant known = account.watermark() == null ? account.readAt() : account.watermark();
        return news.stream()
                .filter(Change.TakenIn.class::isInstance)
                .map(Change.TakenIn.class::cast)
                .filter(taken -> taken.account().equals(account.atSource().providerId()))
                .map(Change.TakenIn::since)
                .reduce(complete ? known : null, SyncPlan::earlier);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private static Set<String> named(LedgerAccount account, List<Change> news) {
        return news.stream()
                .filter(Change.Touched.class::isInstance)
                .map(Change.Touched.class::cast)
                .filter(touched -> touched.account().equals(account.atSource().providerId()))
                .flatMap(touched -> touched.ids().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
