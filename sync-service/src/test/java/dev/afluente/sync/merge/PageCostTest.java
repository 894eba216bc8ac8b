package dev.afluente.sync.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.sync.account.LedgerAccount;
import dev.afluente.sync.run.LeasedRun;
import dev.afluente.sync.run.Tally;
import dev.afluente.sync.source.Source;
import dev.afluente.sync.source.SourcePage;
import dev.afluente.sync.source.SourceTransaction;
import dev.afluente.sync.support.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What merging a page costs beside the least a database could do for it: COPY of the same rows into a table with the same
 * indexes, and an index scan of the same keys. Writes milliseconds to the file that {@code bench.page-cost} names.
 */
@QuarkusTest
@EnabledIfSystemProperty(named = "bench.page-cost", matches = ".+")
class PageCostTest {
    private static final int ROWS = 500;
    private static final int PAGES = 40;
    private static final int WARM = 10;
    private static final Instant DAY = Instant.parse("2026-03-09T15:00:00Z");

    private static final String COLUMNS = """
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = 'transaction'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''\
        """;

    @Inject
    PageMerge merge;

    @Inject
    AgroalDataSource database;

    /** Is not asked: no row of these pages has ever had another id. */
    private static final Source NOBODY = null;

    private final LeasedAccount leased = new LeasedAccount("bench", "pluggy", "bench");
    private final UUID account = leased.id;
    private final LeasedRun run = leased.run;

    @Test
    void measures() throws Exception {
        leased.lease();
        LedgerAccount ledger = leased.held(false, false);
        for (int page = 0; page < PAGES; page++) {
            assertThat(book(ledger, page, "").imported()).isEqualTo(ROWS);
        }
        Sql.run("ANALYZE transaction");
        List<Double> changed = new ArrayList<>();
        List<Double> unchanged = new ArrayList<>();
        List<Double> copied = new ArrayList<>();
        List<Double> scanned = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            Rival rival = new Rival(connection);
            for (int page = 0; page < PAGES; page++) {
                int number = page;
                byte[] rows = rival.exported(number);
                double update = millis(() -> book(ledger, number, " v2").updated());
                double same = millis(() -> book(ledger, number, " v2").unchanged());
                double copy = millis(() -> rival.copy(rows));
                double scan = millis(() -> rival.scan(number));
                if (page >= WARM) {
                    changed.add(update);
                    unchanged.add(same);
                    copied.add(copy);
                    scanned.add(scan);
                }
            }
            rival.leave();
        }
        Files.writeString(
                Path.of(System.getProperty("bench.page-cost")),
                "{\"changed\": %s, \"copy\": %s, \"unchanged\": %s, \"scan\": %s}%n"
                        .formatted(changed, copied, unchanged, scanned));
    }

    private Tally book(LedgerAccount ledger, int page, String version) {
        List<SourceTransaction> rows = IntStream.range(0, ROWS)
                .mapToObj(row -> row(page, row, version))
                .toList();
        return merge.book(run, NOBODY, ledger, new SourcePage(rows, List.of(), null))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static SourceTransaction row(int page, int row, String version) {
        Instant date = DAY.minusSeconds(3_600L * (page * ROWS + row));
        BigDecimal amount = new BigDecimal("-12.34").subtract(BigDecimal.valueOf(row));
        return new SourceTransaction(
                key(page, row),
                date,
                LocalDate.parse("2026-03-09"),
                amount,
                "BRL",
                null,
                null,
                amount,
                "COMPRA CARTAO DEB LOJA " + (page * ROWS + row) + version,
                "DEBIT",
                "POSTED",
                new SourceTransaction.Category("08000000", "Shopping"),
                new SourceTransaction.Payment("PIX", null, null, "FULANO DE TAL", null),
                SourceTransaction.Card.NOTHING);
    }

    /** As wide as the ids of a provider. */
    private static String key(int page, int row) {
        return UUID.nameUUIDFromBytes(
                        String.format(Locale.ROOT, "%d %d", page, row).getBytes(UTF_8))
                .toString();
    }

    private static double millis(Callable<Long> work) throws Exception {
        long began = System.nanoTime();
        assertThat(work.call()).isEqualTo(ROWS);
        return (System.nanoTime() - began) / 1e6;
    }

    /** The least a database could do for the same rows. */
    private final class Rival {
        private final Connection connection;
        private final CopyManager copies;
        private final String columns;

        Rival(Connection connection) throws Exception {
            this.connection = connection;
            this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT set_config('afluente.tenant', '*', false)");
                statement.execute("DROP TABLE IF EXISTS copied");
                statement.execute("CREATE TABLE copied (LIKE transaction INCLUDING ALL)");
                try (var found = statement.executeQuery(COLUMNS)) {
                    found.next();
                    columns = found.getString(1);
                }
            }
        }

        byte[] exported(int page) throws Exception {
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            String keys = String.join(
                    "','",
                    IntStream.range(0, ROWS).mapToObj(row -> key(page, row)).toList());
            copies.copyOut(
                    "COPY (SELECT " + columns + " FROM transaction WHERE account_id = '" + account
                            + "' AND provider_id IN ('" + keys + "')) TO STDOUT",
                    rows);
            return rows.toByteArray();
        }

        long copy(byte[] rows) throws Exception {
            return copies.copyIn("COPY copied (" + columns + ") FROM STDIN", new ByteArrayInputStream(rows));
        }

        long scan(int page) throws Exception {
            try (var query = connection.prepareStatement("SELECT * FROM transaction"
                    + " WHERE tenant_id = ? AND account_id = ? AND provider_id = ANY (?)")) {
                query.setString(1, leased.run.tenantId());
                query.setObject(2, account);
                query.setArray(
                        3,
                        connection.createArrayOf(
                                "text",
                                IntStream.range(0, ROWS)
                                        .mapToObj(row -> key(page, row))
                                        .toArray()));
                long found = 0;
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found++;
                    }
                }
                return found;
            }
        }

        void leave() throws Exception {
            try (var statement = connection.createStatement()) {
                statement.execute("DROP TABLE copied");
            }
        }
    }
}
