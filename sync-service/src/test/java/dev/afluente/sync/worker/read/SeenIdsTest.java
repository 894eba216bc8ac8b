package dev.afluente.sync.worker.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeenIdsTest {
    private static final long SEED = 20260310;

    @Test
    void knowsExactlyWhatItHasSeen() {
        Random random = new Random(SEED);
        List<String> seen = new ArrayList<>();
        SeenIds ids = new SeenIds();
        for (int i = 0; i < 100_000; i++) {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            seen.add(id);
            ids.add(id);
        }

        assertThat(seen).allMatch(ids::contains);
        for (int i = 0; i < 100_000; i++) {
            assertThat(ids.contains(new UUID(random.nextLong(), random.nextLong()).toString()))
                    .isFalse();
        }
    }

    @Test
    void canBeAskedAndAddedToInTurn() {
        SeenIds ids = new SeenIds();
        assertThat(ids.contains("a")).isFalse();
        ids.add("a");
        assertThat(ids.contains("a")).isTrue();
        ids.add("b");
        assertThat(ids.contains("a") && ids.contains("b")).isTrue();
        assertThat(ids.contains("")).isFalse();
    }

    @Test
    void tellsIdsApartThatDifferInOneCharacter() {
        SeenIds ids = new SeenIds();
        for (int i = 0; i < 50_000; i++) {
            ids.add("00000000-0000-4000-8000-" + String.format("%012d", i));
        }
        for (int i = 50_000; i < 100_000; i++) {
            assertThat(ids.contains("00000000-0000-4000-8000-" + String.format("%012d", i)))
                    .isFalse();
        }
    }
}
