package dev.afluente.connections.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    private static final UUID ID = new UUID(1, 2);

    @Test
    void noTwoScopesHaveTheSameBytes() {
        Set<ByteBuffer> seen = new HashSet<>();
        for (String tenant : new String[] {"a", "ab", "a\u0000", "\u0000a", "á", "a\u0301"}) {
            for (UUID id : new UUID[] {ID, new UUID(2, 1), new UUID(0, 0)}) {
                for (String purpose : new String[] {"b", "a", "ab", "b.c"}) {
                    for (String use : new String[] {"key", "keya", "content"}) {
                        assertThat(seen.add(ByteBuffer.wrap(new Scope(tenant, id, purpose).boundTo(use))))
                                .isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uD800", "a\uDC00b"})
    void aTenantIsText(String tenant) {
        assertThatThrownBy(() -> new Scope(tenant, ID, "p")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Token", "9", "a b", "ä"})
    void aPurposeIsAWordOfTheCode(String purpose) {
        assertThatThrownBy(() -> new Scope("t", ID, purpose)).isInstanceOf(IllegalArgumentException.class);
    }
}
