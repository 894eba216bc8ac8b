package dev.afluente.model.event.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @ParameterizedTest
    @ValueSource(strings = {VALID, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"})
    void aValidTraceGoesOn(String header) {
        assertThat(TraceParent.continued(header)).isEqualTo(header);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " " + VALID,
                VALID + "\n",
                VALID + "-extra",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0"
            })
    void anythingElseBeginsAnew(String header) {
        String begun = TraceParent.continued(header);
        assertThat(begun).isNotEqualTo(header);
        assertThat(TraceParent.continued(begun)).isEqualTo(begun);
    }

    @Test
    void rootsAreValidAndDiffer() {
        Set<String> roots = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String root = TraceParent.fresh();
            assertThat(TraceParent.continued(root)).isEqualTo(root);
            roots.add(root);
        }
        assertThat(roots).hasSize(10_000);
    }
}
