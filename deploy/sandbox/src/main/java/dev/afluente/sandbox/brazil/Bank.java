package dev.afluente.sandbox.brazil;

import java.util.List;

/** A Brazilian institution by its public codes: COMPE (three digits) and ISPB (eight). */
public record Bank(String compe, String ispb) {

    private static final List<Bank> ALL = List.of(
            new Bank("001", "00000000"),
            new Bank("033", "90400888"),
            new Bank("077", "00416968"),
            new Bank("104", "00360305"),
            new Bank("237", "60746948"),
            new Bank("260", "18236120"),
            new Bank("341", "60701190"));

    public static Bank draw(Draw draw) {
        return draw.of(ALL);
    }
}
