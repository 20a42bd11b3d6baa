// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GeneratorOrderTest {
    @Test
    void hasEachNumberOnce() {
        for (int size : new int[] {0, 1, 2, 1000}) {
            assertThat(new Generator(9).permutation(size)).containsExactlyInAnyOrder(LongStream.range(0, size).toArray());
        }
    }

    @Test
    void dependsOnSeedAndCounterOnly() {
        Generator generator = new Generator(42);
        long[] first = generator.permutation(8);
        assertThat(generator.counter()).isEqualTo(8);
        long[] second = generator.permutation(8);
        assertThat(second).isNotEqualTo(first);
        generator.restore(42, 8);
        assertThat(generator.permutation(8)).isEqualTo(second);
        assertThat(new Generator(43).permutation(8)).isNotEqualTo(first);
    }

    @Test
    void staysTheSameBetweenVersions() {
        assertThat(new Generator(1).permutation(8)).containsExactly(0, 3, 7, 4, 5, 6, 2, 1);
    }
}
