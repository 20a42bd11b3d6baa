// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.random;

import java.nio.ByteBuffer;

/**
 * MT19937.
 *
 * @see <a href="https://doi.org/10.1145/272991.272995">Matsumoto, Nishimura: Mersenne twister, a 623-dimensionally equidistributed
 *     uniform pseudo-random number generator</a>
 */
final class MersenneTwister {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;
    private static final int MATRIX = 0x9908B0DF;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7FFFFFFF;

    private final int[] words = new int[SIZE];
    private int position;

    MersenneTwister(long seed) {
        seed(seed);
    }

    /** Starts again from the lower 32 bits of a seed. */
    void seed(long seed) {
        words[0] = (int) seed;
        for (int i = 1; i < SIZE; i++) {
            words[i] = 1812433253 * (words[i - 1] ^ words[i - 1] >>> 30) + i;
        }
        position = SIZE;
    }

    private void refill() {
        for (int i = 0; i < SIZE; i++) {
            int mixed = words[i] & UPPER | words[(i + 1) % SIZE] & LOWER;
            words[i] = words[(i + SHIFT) % SIZE] ^ mixed >>> 1 ^ ((mixed & 1) == 0 ? 0 : MATRIX);
        }
        position = 0;
    }

    /** Returns 32 bits. */
    int next() {
        if (position == SIZE) {
            refill();
        }
        int word = words[position++];
        word ^= word >>> 11;
        word ^= word << 7 & 0x9D2C5680;
        word ^= word << 15 & 0xEFC60000;
        return word ^ word >>> 18;
    }

    /** Returns 32 bits as a number of 0 or more. */
    long nextUnsigned() {
        return Integer.toUnsignedLong(next());
    }

    /** Returns 64 bits: the first draw is the upper half. */
    long nextLong() {
        long upper = nextUnsigned();
        return upper << 32 | nextUnsigned();
    }

    static int stateBytes() {
        return (SIZE + 1) * Integer.BYTES;
    }

    void save(ByteBuffer target) {
        for (int word : words) {
            target.putInt(word);
        }
        target.putInt(position);
    }

    void load(ByteBuffer source) {
        for (int i = 0; i < SIZE; i++) {
            words[i] = source.getInt();
        }
        position = source.getInt();
    }
}
