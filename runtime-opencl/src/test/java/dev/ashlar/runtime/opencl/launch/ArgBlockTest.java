// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.opencl.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArgBlockTest {
    private static long divide(long index, long divisor) {
        long high = index * Integer.toUnsignedLong(ArgBlock.multiplier(divisor)) >>> 32;
        return (high + index) >>> ArgBlock.shift(divisor);
    }

    @Test
    void multiplyingReplacesDividing() {
        SplittableRandom random = new SplittableRandom(1);
        long[] divisors = {1, 2, 3, 5, 7, 10, 64, 641, 65535, 65536, 65537, (1L << 30) - 1, 1L << 30, (1L << 30) + 1, Integer.MAX_VALUE};
        for (long divisor : divisors) {
            for (long index : new long[] {0, 1, divisor - 1, divisor, Math.min(Integer.MAX_VALUE, divisor + 1), Integer.MAX_VALUE}) {
                assertThat(divide(index, divisor)).as("%d / %d", index, divisor).isEqualTo(index / divisor);
            }
        }
        for (int i = 0; i < 100_000; i++) {
            long index = random.nextLong(1L << 31);
            long divisor = 1 + random.nextLong((1L << (1 + random.nextInt(30))));
            assertThat(divide(index, divisor)).as("%d / %d", index, divisor).isEqualTo(index / divisor);
        }
    }
}
