package dev.afluente.bench.report;

import java.util.List;

/**
 * What one benchmark found.
 *
 * @param what the thing measured
 * @param ratio the figure that counts, with what it is of; measured in one run, so that the machine cancels out
 * @param aim what it should be
 * @param details the figures behind it, one line each
 */
public record Finding(String what, String ratio, String aim, List<String> details) {
    public Finding {
        details = List.copyOf(details);
    }

    /** A benchmark that could not be done, and why. */
    public static Finding missing(String what, String aim, String why) {
        return new Finding(what, "not measured: " + why, aim, List.of());
    }
}
