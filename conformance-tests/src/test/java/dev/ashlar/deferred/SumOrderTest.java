// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fusion decides how memory lies under a sum; the bits of the sum must not tell. */
class SumOrderTest {
    @ParameterizedTest
    @CsvSource({"3, 5", "63, 4", "64, 300", "70, 2", "1000, 7", "1024, 3", "1031, 257", "140000, 3", "140000, 70"})
    void sumsAlongAndAcrossMemoryHaveTheSameBits(long rows, long columns) {
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            Tensor across = Tensor.randn(Shape.of(rows, columns), type, new Generator(rows + columns)).realize();
            Tensor along = across.t().clone().realize();
            assertThat(along.sum(1).toDoubleArray()).isEqualTo(across.sum(0).toDoubleArray());
        }
    }
}
