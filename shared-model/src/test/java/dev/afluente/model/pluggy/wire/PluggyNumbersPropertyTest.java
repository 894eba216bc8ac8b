package dev.afluente.model.pluggy.wire;

import static dev.afluente.model.pluggy.wire.PluggyNumbersTest.throughATree;
import static dev.afluente.model.pluggy.wire.PluggyNumbersTest.typed;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PluggyNumbersPropertyTest {
    @Property(tries = 500)
    void anyDecimalStaysExact(
            @ForAll @Size(max = 100) byte[] digits, @ForAll @IntRange(min = -300, max = 300) int scale)
            throws Exception {
        BigDecimal written = new BigDecimal(digits.length == 0 ? BigInteger.ZERO : new BigInteger(digits), scale);
        assertThat(typed(written.toString())).isEqualTo(written);
        assertThat(throughATree(written.toString())).isEqualTo(written);
        assertThat(typed(written.toPlainString())).isEqualByComparingTo(written);
    }
}
