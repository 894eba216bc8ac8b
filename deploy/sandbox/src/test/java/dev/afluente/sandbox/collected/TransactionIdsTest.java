package dev.afluente.sandbox.collected;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransactionIdsTest {

    private final TransactionIds ids = new TransactionIds(42);

    @Test
    void everyIdLeadsBackToItsPlace() {
        Set<String> seen = new HashSet<>();
        for (int account : new int[] {0, 1, 77, TransactionIds.MAX_ACCOUNTS - 1}) {
            for (int generation : new int[] {0, 1, TransactionIds.MAX_GENERATIONS - 1}) {
                for (long slot : new long[] {0, 1, 999_999, Later.FIRST_SLOT, Later.FIRST_SLOT + 5, 0xFFFFFFFFL}) {
                    String id = ids.encode(account, generation, slot);
                    assertThat(ids.decode(id)).contains(new TransactionIds.Place(account, generation, slot));
                    assertThat(seen.add(id)).isTrue();
                    assertThat(UUID.fromString(id).version()).isEqualTo(4);
                    assertThat(UUID.fromString(id).variant()).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void idsOfNeighboursAreFarApart() {
        Set<String> prefixes = new HashSet<>();
        for (int slot = 0; slot < 10_000; slot++) {
            prefixes.add(ids.encode(1, 0, slot).substring(0, 8));
        }
        assertThat(prefixes).hasSizeGreaterThan(9_990);
    }

    @Test
    void madeUpIdsAreUnknown() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(ids.decode(UUID.randomUUID().toString())).isEmpty();
        }
        assertThat(ids.decode("not a uuid")).isEmpty();
        assertThat(new TransactionIds(43).decode(ids.encode(1, 0, 0))).isEmpty();
    }
}
