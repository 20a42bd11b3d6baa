// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.datasets;

import dev.ashlar.Generator;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Draws distinct numbers as scikit-learn does: the way depends on how many of all there are wanted. */
final class Distinct {
    /** Corners of a cube of more dimensions are not numbered. */
    static final int MOST_BITS = 30;

    private Distinct() {}

    static long[] below(Generator random, int population, int count) {
        double part = (double) count / population;
        if (part > 0.01 && part < 0.99) {
            return Arrays.copyOf(random.permutation(population), count);
        }
        return part < 0.2 ? untilNew(random, population, count) : reservoir(random, population, count);
    }

    private static long[] untilNew(Generator random, int population, int count) {
        Set<Long> seen = new HashSet<>();
        long[] chosen = new long[count];
        long[] drawn = new long[1];
        for (int i = 0; i < count; i++) {
            do {
                random.fillIntegers(drawn, 0, population);
            } while (!seen.add(drawn[0]));
            chosen[i] = drawn[0];
        }
        return chosen;
    }

    private static long[] reservoir(Generator random, int population, int count) {
        long[] chosen = new long[count];
        long[] drawn = new long[1];
        Arrays.setAll(chosen, i -> i);
        for (int i = count; i < population; i++) {
            random.fillIntegers(drawn, 0, i + 1L);
            if (drawn[0] < count) {
                chosen[(int) drawn[0]] = i;
            }
        }
        return chosen;
    }
}
