package dev.afluente.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afluente.bench.sync.PageCost;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void ratiosComeFirstAndTheFiguresBehindThemAfter() {
        String page = new Report("2026-01-31T12:00:00Z", "Up to 100 rows", List.of("2 cores"))
                .of(List.of(
                        new Finding("reading", "1.50 × writing", "above 1", List.of("reading: 3 ms")),
                        Finding.missing("flying", "high", "no wings")));

        assertThat(page).isEqualTo("""
            # Benchmarks of 2026-01-31T12:00:00Z

            Up to 100 rows. A figure is a median, with the least and the most measured in brackets.

            | what | found | aim |
            |---|---|---|
            | reading | 1.50 × writing | above 1 |
            | flying | not measured: no wings | high |

            ## reading

            - reading: 3 ms

            ## Machine

            - 2 cores
            """);
    }

    @Test
    void figuresThatAreNotThereAreSaidToBeMissing() {
        assertThat(PageCost.read(Path.of("no such file")).ratio()).startsWith("not measured");
    }
}
