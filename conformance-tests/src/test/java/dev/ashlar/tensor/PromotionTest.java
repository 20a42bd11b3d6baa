// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The type of a sum against PyTorch's, for every pair of types, of tensors with dimensions and without, and numbers. */
final class PromotionTest {
    static java.util.List<String> rows() {
        return NarrowTypesTest.lines("promotion.txt");
    }

    private static Tensor operand(String kind, DType type) {
        return Tensor.ones(kind.equals("zero") ? Shape.of() : Shape.of(2), type);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void meetsAsInPyTorch(String row) {
        String[] words = row.split(" ");
        Tensor first = operand(words[0], DType.of(words[1]));
        if (words[2].equals("number")) {
            assertThat(first.add(3).dtype().label()).isEqualTo(words[3].substring("long:".length()));
            assertThat(first.add(2.5).dtype().label()).isEqualTo(words[4].substring("double:".length()));
            return;
        }
        DType[] types = DType.values();
        assertThat(words).hasSize(types.length + 3);
        for (int i = 0; i < types.length; i++) {
            Tensor second = operand(words[2], types[i]);
            assertThat(first.add(second).dtype().label()).as("with %s", types[i]).isEqualTo(words[i + 3]);
        }
    }
}
