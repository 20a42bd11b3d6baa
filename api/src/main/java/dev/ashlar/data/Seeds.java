// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.data;

/** Seeds that follow from others. */
final class Seeds {
    private Seeds() {}

    /**
     * Returns a seed for a number.
     *
     * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood: Fast splittable pseudorandom number generators</a>
     */
    static long mix(long seed, long number) {
        long z = seed + (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Returns a seed for a generator's state. */
    static long of(byte[] state) {
        long seed = state.length;
        for (byte value : state) {
            seed = seed * 0x9E3779B97F4A7C15L + value;
        }
        return mix(seed, 0);
    }
}
