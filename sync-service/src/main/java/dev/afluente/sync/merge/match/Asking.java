package dev.afluente.sync.merge.match;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.SourceTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks a provider by name. Absence from such an answer is the only proof that a row is gone. */
public final class Asking {
    private Asking() {}

    /** Returns those of the named rows that the provider no longer has, in as many calls as it takes. */
    static Uni<Set<String>> gone(Source source, LedgerAccount account, List<String> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .group()
                .intoLists()
                .of(Source.MAX_IDS)
                .onItem()
                .transformToUniAndConcatenate(
                        some -> source.named(account.atSource(), some).map(page -> notIn(page, some)))
                .collect()
                .in(HashSet::new, Set::addAll);
    }

    /** Returns the ids that an answer does not hold; a row that cannot be read is there all the same. */
    public static List<String> notIn(SourcePage page, List<String> ids) {
        Set<String> there = new HashSet<>();
        page.rows().stream().map(SourceTransaction::providerId).forEach(there::add);
        page.setAside().forEach(row -> there.add(row.key()));
        return ids.stream().filter(id -> !there.contains(id)).toList();
    }
}
