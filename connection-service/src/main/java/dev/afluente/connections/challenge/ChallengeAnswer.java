package dev.afluente.connections.challenge;

import dev.afluente.connections.provider.UserNeed.Option;
import dev.afluente.connections.provider.UserNeed.Question;
import dev.afluente.model.problem.ProblemCode;
import java.util.Map;

/**
 * What a person answers to their bank: one value, or values by name. A secret: lives as long as the request and is never
 * shown by {@link #toString}.
 */
public record ChallengeAnswer(String mfaValue, Map<String, String> parameters) {
    private static final int MAX_VALUES = 10;
    private static final int MAX_NAME = 100;
    private static final int MAX_VALUE = 1_000;

    /**
     * Returns the values under the names the provider knows. Whether they are right only the bank can tell; that a choice
     * is one of those offered, and that nothing else was answered than was asked, is told here.
     *
     * @param question null when the provider did not say what it asks
     */
    Map<String, String> to(Question question) {
        Map<String, String> values = named(question);
        String asked = question == null ? null : question.name();
        if (asked != null && !values.keySet().equals(Map.of(asked, "").keySet())) {
            throw ProblemCode.INVALID_ANSWER.because("Answer exactly the parameter that the bank asks for");
        }
        if (asked != null && !isOffered(question, values.get(asked))) {
            throw ProblemCode.INVALID_ANSWER.because("The value must be one of the options");
        }
        return values;
    }

    /** Fails with {@code invalid_body} unless there is one answer of a sensible size. */
    void requireWhole() {
        boolean one = (mfaValue == null) != (parameters == null);
        boolean sized = mfaValue == null
                ? parameters != null && !parameters.isEmpty() && parameters.size() <= MAX_VALUES
                : isSized(mfaValue, MAX_VALUE);
        boolean each = parameters == null
                || parameters.entrySet().stream()
                        .allMatch(value -> isSized(value.getKey(), MAX_NAME) && isSized(value.getValue(), MAX_VALUE));
        if (!one || !sized || !each) {
            throw ProblemCode.INVALID_BODY.because("Give either mfa_value or parameters, with 1 to " + MAX_VALUES
                    + " values of 1 to " + MAX_VALUE + " characters");
        }
    }

    private Map<String, String> named(Question question) {
        if (parameters != null) {
            return parameters;
        }
        if (question == null || question.name() == null) {
            throw ProblemCode.INVALID_ANSWER.because("The bank did not name its question: use parameters");
        }
        return Map.of(question.name(), mfaValue);
    }

    private static boolean isOffered(Question question, String value) {
        return question.options() == null
                || question.options().isEmpty()
                || question.options().stream().map(Option::value).anyMatch(value::equals);
    }

    private static boolean isSized(String text, int max) {
        return text != null && !text.isBlank() && text.length() <= max;
    }

    @Override
    public String toString() {
        return "ChallengeAnswer[]";
    }
}
