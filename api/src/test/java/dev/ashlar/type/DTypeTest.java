// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DTypeTest {
    @ParameterizedTest
    @CsvSource({
        "float16, bfloat16, float32",
        "float16, int64, float16",
        "bfloat16, float64, float64",
        "uint8, int8, int16",
        "uint8, int16, int16",
        "uint8, bool, uint8",
        "int8, int64, int64",
        "bool, bool, bool",
        "bool, float32, float32",
        "int32, int64, int64"
    })
    void promotesAsPyTorchDoes(String a, String b, String expected) {
        assertThat(DType.promote(DType.of(a), DType.of(b))).isEqualTo(DType.of(expected));
        assertThat(DType.promote(DType.of(b), DType.of(a))).isEqualTo(DType.of(expected));
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> DType.of("float")).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("float32")
                .hasMessageContaining("'float'");
    }
}
