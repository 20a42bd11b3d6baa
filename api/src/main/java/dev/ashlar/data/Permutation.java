// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

import dev.ashlar.Generator;

/**
 * A random order that depends on a generator's seed and counter and on nothing else: Fisher and Yates' shuffle, from the last position
 * down, with numbers that the finaliser of SplitMix64 makes of a counter.
 *
 * @see <a href="https://doi.org/10.1145/2714064.2660195">Steele, Lea, Flood: Fast splittable pseudorandom number generators</a>
 */
final class Permutation {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private Permutation() {}

    /** Returns 0, ..., size - 1 in random order; takes {@code size} counters of the generator. */
    static long[] of(int size, Generator generator) {
        long state;
        synchronized (generator) {
            state = mix(generator.seed()) ^ mix(generator.reserve(size) + GOLDEN_RATIO);
        }
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int i = size - 1; i > 0; i--) {
            state += GOLDEN_RATIO;
            // The upper half of the product is even over [0, i] up to 2^-32 for any size that fits an array.
            int other = (int) Math.unsignedMultiplyHigh(mix(state), i + 1L);
            long kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
