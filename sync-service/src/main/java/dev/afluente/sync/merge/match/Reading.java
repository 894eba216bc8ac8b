package dev.afluente.sync.merge.match;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.merge.look.Candidate;
import dev.afluente.sync.merge.look.Look;
import dev.afluente.sync.merge.look.Looks;
import dev.afluente.sync.merge.match.Booking.Correction;
import dev.afluente.sync.merge.match.Matching.Match;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourceTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what a page means for the ledger: looks, asks the provider by name for rows that would have to be gone, and
 * only then decides. Outside of any transaction, because it may wait for the provider.
 */
@ApplicationScoped
public class Reading {
    /** How many days a bank may take to book what it showed as pending: a long weekend. */
    static final int POSTED_WITHIN_DAYS = 5;

    private final Looks looks;

    @Inject
    Reading(Looks looks) {
        this.looks = looks;
    }

    /**
     * Returns what to write; fails with a {@code SourceFailure}.
     *
     * @param again whether what an earlier reading of the page said could not be written: then nothing is taken for
     *     granted
     */
    public Uni<Booking> of(
            LeasedRun run, Source source, LedgerAccount account, List<SourceTransaction> rows, boolean again) {
        if (rows.isEmpty()) {
            return Uni.createFrom().item(new Booking(List.of(), List.of(), List.of()));
        }
        return looks.at(run, account, rows, POSTED_WITHIN_DAYS, !again)
                .chain(look -> gone(source, account, asked(look)).chain(gone -> {
                    List<Match> matches = Matching.of(look, gone);
                    List<String> doubtful = Matching.doubtful(look, gone, matches).stream()
                            .map(row -> rows.get(row).providerId())
                            .toList();
                    // What resembles a row that is there, and is not there itself, was read before it went.
                    return gone(source, account, doubtful).map(late -> booking(look, rows, matches, late));
                }));
    }

    private static Collection<String> asked(Look look) {
        return look.candidates().stream()
                .filter(Candidate::mustBeAsked)
                .map(Candidate::providerId)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Uni<Set<String>> gone(Source source, LedgerAccount account, Collection<String> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(Set.of()) : Asking.gone(source, account, List.copyOf(ids));
    }

    private static Booking booking(Look look, List<SourceTransaction> rows, List<Match> matches, Set<String> late) {
        List<Correction> corrections = new ArrayList<>();
        Set<Integer> found = new HashSet<>();
        look.differing().forEach(each -> corrections.add(Reasoning.correction(each, rows.get(each.row()))));
        for (Match match : matches) {
            corrections.add(Reasoning.correction(match, rows.get(match.row())));
            found.add(match.row());
        }
        List<SourceTransaction> additions = look.strangers().stream()
                .map(Look.Stranger::row)
                .filter(row -> !found.contains(row))
                .map(rows::get)
                .filter(row -> !late.contains(row.providerId()))
                .toList();
        return new Booking(corrections, additions, look.landed());
    }
}
