// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.Generator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PermutationTest {
    @Test
    void hasEachNumberOnce() {
        for (int size : new int[] {0, 1, 2, 1000}) {
            assertThat(Permutation.of(size, new Generator(9))).containsExactlyInAnyOrder(LongStream.range(0, size).toArray());
        }
    }

    @Test
    void dependsOnSeedAndCounterOnly() {
        Generator generator = new Generator(42);
        long[] first = Permutation.of(8, generator);
        assertThat(generator.counter()).isEqualTo(8);
        long[] second = Permutation.of(8, generator);
        assertThat(second).isNotEqualTo(first);
        generator.restore(42, 8);
        assertThat(Permutation.of(8, generator)).isEqualTo(second);
        assertThat(Permutation.of(8, new Generator(43))).isNotEqualTo(first);
    }

    @Test
    void staysTheSameBetweenVersions() {
        assertThat(Permutation.of(8, new Generator(1))).containsExactly(0, 3, 7, 4, 5, 6, 2, 1);
    }
}
