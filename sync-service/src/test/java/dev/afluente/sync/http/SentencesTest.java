package dev.afluente.sync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SentencesTest {
    private static final Sentences SENTENCES = Sentences.of("late", "Atrasou.", "It is late.");

    @Test
    void aCodeMeansTheSameInEveryLanguage() {
        assertThat(SENTENCES.meaning("late", Language.PORTUGUESE)).isEqualTo("Atrasou.");
        assertThat(SENTENCES.meaning("late", Language.ENGLISH)).isEqualTo("It is late.");
    }

    @Test
    void whatIsNotKnownHasNoMeaning() {
        assertThat(SENTENCES.meaning(null, Language.ENGLISH)).isNull();
        assertThat(SENTENCES.meaning("later", Language.ENGLISH)).isNull();
    }

    @Test
    void aCodeMeansOneThing() {
        assertThatThrownBy(() -> Sentences.of("a", "b", "c", "a", "d", "e"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
