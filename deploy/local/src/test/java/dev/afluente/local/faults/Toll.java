package dev.afluente.local.faults;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a cell cost: every answer that came while its fault held. Pure. */
public record Toll(Cell cell, List<Answer> answers, Duration lateness) {
    private static final Duration GRACE = Duration.ofMillis(100);

    /** Answers that came later than promised, by more than the grace and what the machine itself was late. */
    public List<Answer> late() {
        return answers.stream()
                .filter(answer -> answer.took()
                                .compareTo(
                                        answer.errand().deadline().plus(GRACE).plus(lateness))
                        > 0)
                .toList();
    }

    /** Answers that are neither a success nor an honest "not now". */
    public List<Answer> wrong() {
        return answers.stream()
                .filter(answer -> !answer.accepted() && answer.status() != 503)
                .toList();
    }

    /** The answers to some kinds of request that were not a success. */
    public List<Answer> refused(List<String> errands) {
        return answers.stream()
                .filter(answer -> errands.contains(answer.errand().name()) && !answer.accepted())
                .toList();
    }

    /** Per kind of request: how often each status came, and the slowest answer beside its deadline. */
    @Override
    public String toString() {
        Map<String, List<Answer>> kinds = answers.stream()
                .collect(Collectors.groupingBy(answer -> answer.errand().name(), TreeMap::new, Collectors.toList()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + "=" + told(kind.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String told(List<Answer> some) {
        Map<Integer, Long> statuses =
                some.stream().collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
        Answer slowest = some.stream().max(Comparator.comparing(Answer::took)).orElseThrow();
        return statuses.toString().replace(" ", "") + "," + slowest.took().toMillis() + "/"
                + slowest.errand().deadline().toMillis() + "ms";
    }
}
