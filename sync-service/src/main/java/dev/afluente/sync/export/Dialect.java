package dev.afluente.sync.export;

/**
 * How a table is written down. RFC 4180 is for programs; Excel in Brazil expects a semicolon between cells and a comma in
 * numbers, reads 12.05 as the twelfth of May, and takes UTF-8 for itself only behind a byte order mark.
 */
enum Dialect {
    RFC4180(',', '.', ""),
    EXCEL_BR(';', ',', "\uFEFF");

    private final char separator;
    private final char decimal;
    private final String start;

    Dialect(char separator, char decimal, String start) {
        this.separator = separator;
        this.decimal = decimal;
        this.start = start;
    }

    char separator() {
        return separator;
    }

    char decimal() {
        return decimal;
    }

    /** What stands before the first cell. */
    String start() {
        return start;
    }
}
