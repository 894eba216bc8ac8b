package dev.afluente.sync.merge.model;

import dev.afluente.sync.source.Readiness;
import dev.afluente.sync.source.SourceTransaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The reference model: what a bank has in one account, and what happens to it there. A row that is not one of several
 * twins is the same row for as long as the bank has it, whatever its id; {@link Line#certain} says whether that can be
 * seen from outside. Guarded by its monitor.
 */
final class Bank {
    private static final int OLDEST = 22;
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");

    final String number;
    final List<Line> lines = new ArrayList<>();
    String link = UUID.randomUUID().toString();
    String account = UUID.randomUUID().toString();
    private final Instant noon = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(15, ChronoUnit.HOURS);
    private final Deque<Names> former = new ArrayDeque<>();
    private int serial;

    /** What the provider says of its collection; null when it has just collected everything. */
    Readiness.Ready ready;

    /** A row at the bank. */
    static final class Line {
        final int key;
        final boolean twin;
        String id = UUID.randomUUID().toString();
        Instant takenIn = Instant.now();
        Instant date;
        BigDecimal amount;
        String text;
        boolean pending;
        /** What happened since the ledger was last known to be up to date. */
        boolean renamed;

        boolean corrected;
        boolean redated;

        /** It has been taken for another row once; the one it was before is known by the id of an older link. */
        boolean parted;

        private boolean shownAsBefore;

        Line(int key, boolean twin, Instant date, BigDecimal amount, String text, boolean pending) {
            this.key = key;
            this.twin = twin;
            this.date = date;
            this.amount = amount;
            this.text = text;
            this.pending = pending;
        }

        private Line under(String otherId) {
            Line copy = new Line(key, twin, date, amount, text, pending);
            copy.id = otherId;
            return copy;
        }

        /** Whether anybody who sees it before and after can tell that it is the same. */
        boolean certain(boolean moved) {
            return !twin && !shownAsBefore && !(corrected && (renamed || moved)) && !(redated && moved);
        }

        SourceTransaction shown() {
            return new SourceTransaction(
                    id,
                    date,
                    LocalDate.ofInstant(date, SAO_PAULO),
                    amount,
                    "BRL",
                    null,
                    null,
                    amount,
                    text,
                    amount.signum() < 0 ? "DEBIT" : "CREDIT",
                    pending ? "PENDING" : "POSTED",
                    new SourceTransaction.Category(null, null),
                    new SourceTransaction.Payment(null, null, null, null, null),
                    new SourceTransaction.Card(null, null, null, null));
        }
    }

    /** What a bank, or the provider that reads it, can do between two syncs, or in the middle of one. */
    enum Happening {
        ADD,
        ADD_TWIN,
        ADD_PENDING,
        CORRECT,
        REMOVE,
        POST,
        POST_UNDER_NEW_ID,
        POST_ON_ANOTHER_DAY,
        RENAME_SOME,
        RENAME_ALL;

        private static final List<Happening> ALL = List.of(values());

        static Happening any(Random draw) {
            return ALL.get(draw.nextInt(ALL.size()));
        }
    }

    /** Begins with a row that stays: how far back a new connection reaches is seen by its oldest row. */
    Bank() {
        this(Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1));
        lines.add(new Line(serial++, false, day(OLDEST), BigDecimal.TEN, "ABERTURA", false));
    }

    private Bank(String number) {
        this.number = number;
    }

    /** The same account through a link of its own, which has collected it now and not since. */
    synchronized Bank through() {
        Bank other = new Bank(number);
        other.collects(this);
        return other;
    }

    /** What this link shows becomes what the bank has; a row keeps the id it has here. */
    synchronized void collects(Bank now) {
        Map<Integer, String> known = ids();
        lines.clear();
        now.lines.forEach(line -> lines.add(
                line.under(known.getOrDefault(line.key, UUID.randomUUID().toString()))));
    }

    synchronized void happens(Happening what, Random draw) {
        switch (what) {
            case ADD -> add(draw, "COMPRA " + serial, false, false);
            case ADD_TWIN ->
                lines.add(new Line(serial++, true, day(draw.nextInt(2)), new BigDecimal("-5"), "CAFE", false));
            case ADD_PENDING -> add(draw, "RESERVA " + serial, false, true);
            case CORRECT -> any(draw, false).ifPresent(line -> correct(line, draw));
            case REMOVE -> any(draw, null).ifPresent(lines::remove);
            case POST -> any(draw, true).ifPresent(line -> line.pending = false);
            case POST_UNDER_NEW_ID ->
                any(draw, true).ifPresent(line -> {
                    line.pending = false;
                    rename(line);
                });
            case POST_ON_ANOTHER_DAY -> any(draw, true).ifPresent(line -> postLater(line, draw));
            case RENAME_SOME ->
                lines.stream().filter(line -> draw.nextInt(3) == 0).forEach(Bank::rename);
            case RENAME_ALL -> lines.forEach(Bank::rename);
        }
    }

    /** What is called what by a link that stays while a newer one is read. */
    private record Names(String link, String account, Map<Integer, String> ids) {}

    /**
     * The person links the bank again: everything has another id.
     *
     * @param stays whether the link can be gone back to
     */
    synchronized void relink(boolean stays) {
        if (stays) {
            former.push(new Names(link, account, ids()));
        }
        link = UUID.randomUUID().toString();
        newAccountId();
    }

    /** The newest link is given up for the one before it, which has been collected meanwhile. */
    synchronized void goBack() {
        Names names = former.pop();
        link = names.link();
        account = names.account();
        lines.forEach(line -> {
            line.id = names.ids().getOrDefault(line.key, UUID.randomUUID().toString());
            line.takenIn = Instant.now();
            line.shownAsBefore = line.parted;
        });
    }

    private Map<Integer, String> ids() {
        return lines.stream().collect(Collectors.toMap(line -> line.key, line -> line.id));
    }

    /** The provider shows the account under another id. */
    synchronized void newAccountId() {
        account = UUID.randomUUID().toString();
        lines.forEach(Bank::rename);
    }

    /** Newest first, as providers answer. */
    synchronized List<SourceTransaction> shown() {
        return lines.stream()
                .sorted(Comparator.comparing((Line line) -> line.date)
                        .reversed()
                        .thenComparing(line -> line.key))
                .map(Line::shown)
                .toList();
    }

    synchronized List<String> takenInSince(Instant since) {
        return lines.stream()
                .filter(line -> !line.takenIn.isBefore(since))
                .map(line -> line.id)
                .toList();
    }

    /** The ledger is known to have all this. */
    synchronized void seen() {
        lines.forEach(line -> {
            line.renamed = false;
            line.corrected = false;
            line.redated = false;
            line.shownAsBefore = false;
        });
    }

    private void add(Random draw, String text, boolean twin, boolean pending) {
        BigDecimal amount = BigDecimal.valueOf(draw.nextInt(2_000) - 1_000L, 2);
        lines.add(new Line(serial++, twin, day(draw.nextInt(20)), amount, text, pending));
    }

    private void correct(Line line, Random draw) {
        line.corrected = true;
        line.takenIn = Instant.now();
        if (draw.nextBoolean()) {
            line.text = "CORRIGIDO " + serial++;
        } else {
            line.amount = line.amount.add(BigDecimal.ONE);
        }
    }

    private static void postLater(Line line, Random draw) {
        line.redated = true;
        line.pending = false;
        line.date = line.date.plus(1 + draw.nextInt(5), ChronoUnit.DAYS);
        rename(line);
    }

    private static void rename(Line line) {
        line.id = UUID.randomUUID().toString();
        line.takenIn = Instant.now();
        line.renamed = true;
    }

    private java.util.Optional<Line> any(Random draw, Boolean pending) {
        List<Line> some = lines.stream()
                .filter(line -> line.key > 0)
                .filter(line -> pending == null || (pending ? line.pending : !line.twin))
                .toList();
        return some.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(some.get(draw.nextInt(some.size())));
    }

    private Instant day(int ago) {
        return noon.minus(ago + 3L, ChronoUnit.DAYS);
    }
}
