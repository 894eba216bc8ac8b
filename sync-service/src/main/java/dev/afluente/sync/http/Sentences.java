package dev.afluente.sync.http;

import java.util.HashMap;
import java.util.Map;

/** What stable codes mean, each in a sentence that a product team can show or read aloud, in every language. Immutable. */
public final class Sentences {
    private final Map<String, Sentence> sentences;

    private record Sentence(String portuguese, String english) {}

    private Sentences(Map<String, Sentence> sentences) {
        this.sentences = Map.copyOf(sentences);
    }

    /** @param rows code, Portuguese, English; again and again, each code once */
    public static Sentences of(String... rows) {
        Map<String, Sentence> sentences = new HashMap<>();
        for (int i = 0; i < rows.length; i += 3) {
            if (sentences.put(rows[i], new Sentence(rows[i + 1], rows[i + 2])) != null) {
                throw new IllegalArgumentException(rows[i] + " means one thing only");
            }
        }
        return new Sentences(sentences);
    }

    /** Returns what a code means; null without a code, or for one this version does not know. */
    public String meaning(String code, Language language) {
        Sentence sentence = code == null ? null : sentences.get(code);
        return sentence == null ? null : language.of(sentence.portuguese, sentence.english);
    }
}
