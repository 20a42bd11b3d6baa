// SPDX-License-Identifier: Apache-2.0
package dev.ashlar;

/**
 * A source of random numbers: a seed and a counter. Philox 4x32-10 turns each counter into random bits, the same on every device.
 * A call reserves its counters when it is made, so numbers depend on the seed and the order of calls and on nothing else.
 * Thread-safe.
 */
public final class Generator {
    private long seed;
    private long counter;

    /** Creates a generator; two with the same seed give the same numbers. */
    public Generator(long seed) {
        this.seed = seed;
    }

    public synchronized long seed() {
        return seed;
    }

    /** Returns how many numbers have been drawn. */
    public synchronized long counter() {
        return counter;
    }

    /** Starts again with another seed. */
    public synchronized void manualSeed(long newSeed) {
        seed = newSeed;
        counter = 0;
    }

    /** Continues from a stored state. */
    public synchronized void restore(long storedSeed, long storedCounter) {
        seed = storedSeed;
        counter = storedCounter;
    }

    /**
     * Reserves counters.
     *
     * @param count how many, &gt;= 0
     * @return the first of them
     */
    public synchronized long reserve(long count) {
        long first = counter;
        counter += count;
        return first;
    }
}
