// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void countsElements() {
        assertThat(Shape.of().elements()).isEqualTo(1);
        assertThat(Shape.of(2, 0, 3).elements()).isZero();
        assertThat(Shape.of(Long.MAX_VALUE, 0).elements()).isZero();
        assertThat(Shape.of(32, 10)).hasToString("[32, 10]");
    }

    @Test
    void broadcastsFromTheLastDimension() {
        assertThat(Shape.broadcast("add", Shape.of(3, 1), Shape.of(4))).isEqualTo(Shape.of(3, 4));
        assertThat(Shape.broadcast("add", Shape.of(0), Shape.of(1))).isEqualTo(Shape.of(0));
        assertThat(Shape.broadcast("add", Shape.of(), Shape.of(2, 2))).isEqualTo(Shape.of(2, 2));
        assertThatThrownBy(() -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(4)))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageStartingWith("[add] expected shapes that broadcast, got [2, 3] and [4]");
    }

    @Test
    void badSizesAndDimensionsAreNamed() {
        assertThatThrownBy(() -> Shape.of(2, -1)).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("[2, -1]");
        assertThatThrownBy(() -> Shape.of(1L << 40, 1L << 40)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> Shape.of(2, 3).dim("sum", 2)).hasMessageContaining("[sum]").hasMessageContaining("[-2, 1]");
        assertThat(Shape.of(2, 3).dim("sum", -1)).isEqualTo(1);
        assertThat(Shape.of().dim("sum", -1)).isZero();
    }
}
