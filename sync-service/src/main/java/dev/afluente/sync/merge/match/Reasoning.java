package dev.afluente.sync.merge.match;

import dev.afluente.sync.merge.look.Candidate;
import dev.afluente.sync.merge.look.Look;
import dev.afluente.sync.merge.match.Booking.Correction;
import dev.afluente.sync.merge.match.Matching.Match;
import dev.afluente.sync.source.SourceTransaction;

/** Names what happened to a row, and why we think so. Pure. */
final class Reasoning {
    private Reasoning() {}

    /** A row that kept its id. */
    static Correction correction(Look.Differing known, SourceTransaction row) {
        if (known.removed()) {
            return new Correction(known.id(), row, "RETURNED", "shown_again");
        }
        if (known.pending() && row.status().equals("POSTED")) {
            return new Correction(known.id(), row, "POSTED", "booked");
        }
        return new Correction(
                known.id(), row, "CHANGED", known.ofThisSource() ? "corrected_by_provider" : "read_another_way");
    }

    /** A row that came under a new id. */
    static Correction correction(Match match, SourceTransaction row) {
        Candidate known = match.candidate();
        if (known.pending() && row.status().equals("POSTED")) {
            return new Correction(
                    known.id(), row, "POSTED", known.exact() ? "booked_under_new_id" : "booked_on_another_day");
        }
        return new Correction(known.id(), row, "SAME_AS", reason(known));
    }

    private static String reason(Candidate known) {
        if (known.removedAt() != null) {
            return "back_under_new_id";
        }
        return known.ofThisSource() ? "new_id" : "read_another_way";
    }
}
