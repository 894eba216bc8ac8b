package dev.afluente.sync.export;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * OFX 1.0.2 as text: SGML whose every element is closed, so that readers of XML take it too. Source: OFX 1.6, sections 2
 * and 3.2.8. A calendar day is noon in São Paulo with its offset, so that no reader's own zone moves it to another day.
 */
final class OfxText {
    /** Before the first element. Windows-1252 is what CHARSET can say and holds all of Portuguese. */
    static final String PREAMBLE = """
            OFXHEADER:100
            DATA:OFXSGML
            VERSION:102
            SECURITY:NONE
            ENCODING:USASCII
            CHARSET:1252
            COMPRESSION:NONE
            OLDFILEUID:NONE
            NEWFILEUID:NONE

            """.replace("\n", "\r\n");

    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final int NOON = 12;
    private static final int SECONDS_PER_HOUR = 3_600;

    private final StringBuilder text = new StringBuilder();

    OfxText open(String element) {
        text.append('<').append(element).append(">\r\n");
        return this;
    }

    OfxText close(String element) {
        text.append("</").append(element).append(">\r\n");
        return this;
    }

    OfxText leaf(String element, String value) {
        text.append('<').append(element).append('>');
        value.codePoints().forEach(this::character);
        text.append("</").append(element).append(">\r\n");
        return this;
    }

    static String day(LocalDate day) {
        return moment(day.atTime(NOON, 0).atZone(SAO_PAULO));
    }

    static String moment(Instant instant) {
        return moment(instant.atZone(SAO_PAULO));
    }

    /** Returns at most so many characters, and something where there is nothing. */
    static String cut(String text, int max) {
        String bare = text.replaceAll("\\s+", " ").strip();
        int end = bare.codePointCount(0, bare.length()) <= max ? bare.length() : bare.offsetByCodePoints(0, max);
        return bare.isEmpty() ? "-" : bare.substring(0, end).strip();
    }

    private static String moment(ZonedDateTime time) {
        return TIME.format(time) + "[" + time.getOffset().getTotalSeconds() / SECONDS_PER_HOUR + ":BRT]";
    }

    private void character(int c) {
        switch (c) {
            case '&' -> text.append("&amp;");
            case '<' -> text.append("&lt;");
            case '>' -> text.append("&gt;");
            default -> text.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
