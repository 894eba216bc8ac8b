package dev.afluente.sync.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads RFC 4180 to the letter: every line ends with CRLF, every quote is closed, every row has every cell. */
final class Csv {
    private Csv() {}

    static List<Map<String, String>> read(String text, char separator) {
        assertThat(text).endsWith("\r\n");
        List<List<String>> lines = lines(text, separator);
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            assertThat(line).hasSameSizeAs(lines.get(0));
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < line.size(); i++) {
                row.put(lines.get(0).get(i), line.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<List<String>> lines(String text, char separator) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            StringBuilder cell = new StringBuilder();
            at = text.charAt(at) == '"' ? quoted(text, at, cell) : bare(text, at, separator, cell);
            line.add(cell.toString());
            if (text.charAt(at) == separator) {
                at++;
            } else {
                assertThat(text.substring(at, at + 2)).isEqualTo("\r\n");
                lines.add(line);
                line = new ArrayList<>();
                at += 2;
            }
        }
        return lines;
    }

    private static int bare(String text, int from, char separator, StringBuilder cell) {
        int at = from;
        while (text.charAt(at) != separator && text.charAt(at) != '\r') {
            assertThat(text.charAt(at)).isNotIn('"', '\n');
            cell.append(text.charAt(at++));
        }
        return at;
    }

    private static int quoted(String text, int from, StringBuilder cell) {
        int at = from + 1;
        while (text.charAt(at) != '"' || text.charAt(at + 1) == '"') {
            at += text.charAt(at) == '"' ? 1 : 0;
            cell.append(text.charAt(at++));
        }
        return at + 1;
    }
}
