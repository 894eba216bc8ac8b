package dev.afluente.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiJsonTest {
    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());

    ApiJsonTest() {
        new ApiJson().customize(json);
    }

    record Row(String bankName, BigDecimal creditLimit, Instant createdAt, Integer count) {}

    @Test
    void namesAreSnakeCaseAmountsStringsTimesText() throws Exception {
        Row row = new Row("Banco São João", new BigDecimal("10.00"), Instant.parse("2026-03-10T09:15:02.123456Z"), 7);
        assertThat(json.writeValueAsString(row))
                .isEqualTo("{\"bank_name\":\"Banco São João\",\"credit_limit\":\"10.00\","
                        + "\"created_at\":\"2026-03-10T09:15:02.123456Z\",\"count\":7}");
        assertThat(json.readValue(json.writeValueAsString(row), Row.class)).isEqualTo(row);
    }

    @ParameterizedTest
    @CsvSource({"1E+3, 1000", "1E-7, 0.0000001", "-0.00, 0.00", "12345678901234567890.12, 12345678901234567890.12"})
    void amountsAreWrittenPlainly(BigDecimal amount, String plain) throws Exception {
        assertThat(json.writeValueAsString(List.of(amount))).isEqualTo("[\"" + plain + "\"]");
    }

    @Test
    void anAmountMayComeAsAStringOrANumberAndStaysExact() throws Exception {
        assertThat(json.readValue("{\"credit_limit\":\"0.10\"}", Row.class).creditLimit())
                .isEqualTo(new BigDecimal("0.10"));
        assertThat(json.readValue("{\"credit_limit\":0.10}", Row.class).creditLimit())
                .isEqualTo(new BigDecimal("0.10"));
        assertThat(json.readValue("[0.30000000000000004]", Object.class))
                .isEqualTo(List.of(new BigDecimal("0.30000000000000004")));
    }

    @Test
    void aListTellsItsCursorEvenWhenThereIsNone() throws Exception {
        assertThat(json.writeValueAsString(Page.whole(List.of(1)))).isEqualTo("{\"data\":[1],\"next_cursor\":null}");
        assertThat(json.writeValueAsString(new Page<>(List.of(), "abc")))
                .isEqualTo("{\"data\":[],\"next_cursor\":\"abc\"}");
    }
}
