package dev.afluente.sandbox.brazil;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentsTest {

    @Test
    void drawnDocumentsHaveRightCheckDigits() {
        for (int i = 0; i < 2000; i++) {
            assertThat(Documents.isCpf(Documents.cpf(new Draw(7, i)))).isTrue();
            assertThat(Documents.isCnpj(Documents.cnpj(new Draw(7, i)))).isTrue();
        }
    }

    @Test
    void aChangedDigitIsNoticed() {
        assertThat(Documents.isCpf("761.092.776-73")).isTrue();
        assertThat(Documents.isCpf("761.092.776-74")).isFalse();
        assertThat(Documents.isCnpj("38.512.121/0001-95")).isTrue();
        assertThat(Documents.isCnpj("38.512.122/0001-95")).isFalse();
        assertThat(Documents.isCpf("not a cpf")).isFalse();
    }
}
