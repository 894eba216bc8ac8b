package dev.afluente.connections.credential;

import dev.afluente.model.problem.ProblemCode;
import java.util.Map;

/** New credentials as a person gave them. Secrets: they live as long as the request and are not in {@link #toString}. */
public record Credentials(Map<String, String> parameters) {
    private static final int MAX_VALUES = 20;
    private static final int MAX_NAME = 100;
    private static final int MAX_VALUE = 1_000;

    /** Tells whether none were given: then the provider's own place is where to give them. */
    boolean areAbsent() {
        return parameters == null || parameters.isEmpty();
    }

    /** Fails with {@code invalid_body} when they are more or longer than any bank asks for. */
    void requireSized() {
        boolean sized = parameters.size() <= MAX_VALUES
                && parameters.entrySet().stream()
                        .allMatch(value -> isSized(value.getKey(), MAX_NAME) && isSized(value.getValue(), MAX_VALUE));
        if (!sized) {
            throw ProblemCode.INVALID_BODY.because(
                    "parameters must hold at most " + MAX_VALUES + " values of 1 to " + MAX_VALUE + " characters");
        }
    }

    private static boolean isSized(String text, int max) {
        return text != null && !text.isEmpty() && text.length() <= max;
    }

    @Override
    public String toString() {
        return "Credentials[]";
    }
}
