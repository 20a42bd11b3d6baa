// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReprTest {
    @ParameterizedTest
    @CsvSource({
        "0.01, 0.01", "1, 1.0", "-0.0, -0.0", "1e-5, 1e-05", "1.5e-10, 1.5e-10", "1e-4, 0.0001", "12345678, 12345678.0", "1e16, 1e+16",
        "1.25e100, 1.25e+100", "0.1, 0.1", "NaN, nan", "-Infinity, -inf"
    })
    void numbersAreWrittenAsInPython(double value, String written) {
        assertThat(Repr.of(value)).isEqualTo(written);
    }

    @Test
    void tuplesOfOneHaveAComma() {
        assertThat(Repr.tuple(new int[] {3})).isEqualTo("(3,)");
        assertThat(Repr.tuple(new long[] {3, 4})).isEqualTo("(3, 4)");
        assertThat(Repr.of(true)).isEqualTo("True");
    }
}
