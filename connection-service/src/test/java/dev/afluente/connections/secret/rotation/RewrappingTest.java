package dev.afluente.connections.secret.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.connections.secret.KeyFiles;
import dev.afluente.connections.secret.Scope;
import dev.afluente.connections.secret.Sealed;
import dev.afluente.connections.secret.Sealer;
import dev.afluente.connections.secret.envelope.EnvelopeSealer;
import dev.afluente.connections.secret.file.FileKeys;
import dev.afluente.connections.secret.rotation.Rewrapping.Progress;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows under an old key, walked to the new one. */
class RewrappingTest {
    private static final int ROWS = 250;

    @TempDir
    Path directory;

    private final Scope scope = new Scope("acme", UUID.randomUUID(), "token");
    private final TreeMap<String, String> table = new TreeMap<>();
    private Sealer sealer;
    private Rewrapping rewrapping;
    private int failAfter = Integer.MAX_VALUE;

    private final SealedRows rows = new SealedRows() {
        @Override
        public Uni<List<Row>> after(String position, int most) {
            return Uni.createFrom()
                    .item(table.tailMap(position == null ? "" : position, false).entrySet().stream()
                            .limit(most)
                            .map(entry -> new Row(entry.getKey(), scope, entry.getValue()))
                            .toList());
        }

        @Override
        public Uni<Boolean> replace(Row row, String text) {
            failAfter--;
            return failAfter < 0
                    ? Uni.createFrom().failure(new IllegalStateException("the table went away"))
                    : Uni.createFrom().item(table.replace(row.position(), row.text(), text));
        }
    };

    @BeforeEach
    void oldRows() {
        String old = KeyFiles.line("old");
        Path file = KeyFiles.write(directory.resolve("keys"), old);
        FileKeys keys = new FileKeys(file);
        sealer = new EnvelopeSealer(keys, 10, Duration.ofMinutes(1));
        rewrapping = new Rewrapping(sealer);
        for (int i = 0; i < ROWS; i++) {
            table.put(
                    "%04d".formatted(i),
                    sealer.sealText(scope, "secret " + i).await().indefinitely());
        }
        KeyFiles.write(file, KeyFiles.line("new"), old);
        keys.refresh();
    }

    private Progress run(Progress from) {
        return rewrapping.run(rows, from).await().atMost(Duration.ofSeconds(20));
    }

    @Test
    void everyRowMovesOnceAndBadOnesAreCounted() {
        table.put("0100", "not sealed at all");
        table.put("0101", table.get("0001").replaceFirst("s1\\.file\\.old", "s1.file.older"));
        Progress first = run(Progress.START);
        assertThat(first).isEqualTo(new Progress("0249", ROWS - 2, 2, true));
        assertThat(run(Progress.START)).isEqualTo(new Progress("0249", 0, 2, true));
        table.remove("0100");
        table.remove("0101");
        table.forEach((position, text) -> {
            assertThat(Sealed.parse(text).keyId()).isEqualTo("new");
            assertThat(sealer.openText(scope, text).await().indefinitely())
                    .isEqualTo("secret " + Integer.parseInt(position));
        });
    }

    @Test
    void aRunThatWasStoppedGoesOn() {
        failAfter = 130;
        Progress stopped = run(Progress.START);
        assertThat(stopped.finished()).isFalse();
        assertThat(stopped.position()).isEqualTo("0099");
        failAfter = Integer.MAX_VALUE;
        Progress done = run(stopped);
        assertThat(done.finished()).isTrue();
        // the 30 rows that were stored behind the last page are current, and left alone
        assertThat(done.rewrapped()).isEqualTo(ROWS - 30);
        assertThat(table.values()).allMatch(text -> sealer.current(Sealed.parse(text)));
    }

    @Test
    void aSecretSealedAnewMeanwhileStays() {
        String newer = sealer.sealText(scope, "newer").await().indefinitely();
        SealedRows busy = new SealedRows() {
            @Override
            public Uni<List<Row>> after(String position, int most) {
                return rows.after(position, most).invoke(page -> table.put("0000", newer));
            }

            @Override
            public Uni<Boolean> replace(Row row, String text) {
                return rows.replace(row, text);
            }
        };
        Progress done = rewrapping.run(busy, Progress.START).await().atMost(Duration.ofSeconds(20));
        assertThat(done.rewrapped()).isEqualTo(ROWS - 1);
        assertThat(table).containsEntry("0000", newer);
    }
}
