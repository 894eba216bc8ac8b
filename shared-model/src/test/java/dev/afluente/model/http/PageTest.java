package dev.afluente.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void theExtraRowIsNotShownAndTellsThatThereIsMore() {
        assertThat(Page.of(List.of("a", "b", "c"), 2, last -> "after-" + last))
                .isEqualTo(new Page<>(List.of("a", "b"), "after-b"));
    }

    @Test
    void aListThatEndsExactlyAtTheLimitHasNoNextPage() {
        assertThat(Page.of(List.of("a", "b"), 2, last -> "after-" + last))
                .isEqualTo(new Page<>(List.of("a", "b"), null));
        assertThat(Page.of(List.<String>of(), 2, last -> "after-" + last)).isEqualTo(Page.whole(List.of()));
    }
}
