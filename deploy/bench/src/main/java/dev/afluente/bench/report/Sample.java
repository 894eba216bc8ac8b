package dev.afluente.bench.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Repeated measurements of one thing, in one unit. Immutable; never empty. */
public final class Sample {
    private final double[] sorted;

    public Sample(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest measured value that at least so many percent do not exceed. */
    public double percentile(int percent) {
        int rank = (int) Math.ceil(sorted.length * percent / 100.0);
        return sorted[Math.max(0, rank - 1)];
    }

    double least() {
        return sorted[0];
    }

    double most() {
        return sorted[sorted.length - 1];
    }

    int size() {
        return sorted.length;
    }

    /** The median with its spread, e.g. {@code 12.3 (11.9 to 14.0, n=5)}. */
    public String told() {
        return String.format(
                Locale.ROOT, "%s (%s to %s, n=%d)", number(median()), number(least()), number(most()), size());
    }

    /** Three digits that count. */
    public static String number(double value) {
        double size = Math.abs(value);
        String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
