// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.random;

import java.nio.ByteBuffer;

/**
 * Philox 4x32-10 on the host, number by number what kernels compute from the same seed and counter. Orders are drawn with numbers that
 * the finaliser of SplitMix64 makes of a counter.
 *
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3</a>
 * @see <a href="https://doi.org/10.1145/2714064.2660195">Steele, Lea, Flood: Fast splittable pseudorandom number generators</a>
 */
public final class PhiloxRandom implements HostRandom {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private long seed;
    private long counter;

    public PhiloxRandom(long seed) {
        this.seed = seed;
    }

    @Override
    public void seed(long newSeed) {
        seed = newSeed;
        counter = 0;
    }

    public long counter() {
        return counter;
    }

    /** Continues from a stored state. */
    public void restore(long storedSeed, long storedCounter) {
        seed = storedSeed;
        counter = storedCounter;
    }

    /** Reserves counters; returns the first of them. */
    public long reserve(long count) {
        long first = counter;
        counter += count;
        return first;
    }

    private static long bits(long seed, long counter) {
        int c0 = (int) counter;
        int c1 = (int) (counter >>> 32);
        int c2 = 0;
        int c3 = 0;
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = Integer.toUnsignedLong(c0) * MULTIPLIER_0;
            long p1 = Integer.toUnsignedLong(c2) * MULTIPLIER_1;
            int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            c0 = n0;
            c2 = n2;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return (long) c1 << 32 | Integer.toUnsignedLong(c0);
    }

    private long next() {
        return bits(seed, counter++);
    }

    @Override
    public double nextDouble() {
        return (next() & (1L << 53) - 1) * 0x1p-53;
    }

    @Override
    public void uniform(float[] target, double low, double high) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) ((next() & 0xFFFFFF) * 0x1p-24 * (high - low) + low);
        }
    }

    @Override
    public void uniform(double[] target, double low, double high) {
        for (int i = 0; i < target.length; i++) {
            target[i] = nextDouble() * (high - low) + low;
        }
    }

    private static double gauss(long bits, int width) {
        double scale = Math.scalb(1.0, -width);
        long mask = (1L << width) - 1;
        double u = ((bits & mask) + 1) * scale;
        double v = (bits >>> 32 & mask) * scale;
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    }

    @Override
    public double nextGaussian() {
        return gauss(next(), 32);
    }

    @Override
    public void normal(float[] target, double mean, double std) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) (gauss(next(), 24) * std + mean);
        }
    }

    @Override
    public void normal(double[] target, double mean, double std) {
        for (int i = 0; i < target.length; i++) {
            target[i] = nextGaussian() * std + mean;
        }
    }

    @Override
    public void integers(long[] target, long low, long high) {
        long range = high - low;
        boolean narrow = range > 0 && range <= 1L << 31;
        for (int i = 0; i < target.length; i++) {
            long bits = next();
            target[i] = low + (narrow ? (bits & 0xFFFFFFFFL) * range >>> 32 : Long.remainderUnsigned(bits, range));
        }
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Fisher and Yates' shuffle, from the last position down; takes {@code count} counters. */
    @Override
    public long[] permutation(int count) {
        long state = mix(seed) ^ mix(reserve(count) + GOLDEN_RATIO);
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int i = count - 1; i > 0; i--) {
            state += GOLDEN_RATIO;
            // The upper half of the product is even over [0, i] up to 2^-32 for any size that fits an array.
            int other = (int) Math.unsignedMultiplyHigh(mix(state), i + 1L);
            long kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    @Override
    public int stateBytes() {
        return 2 * Long.BYTES;
    }

    @Override
    public void save(ByteBuffer target) {
        target.putLong(seed).putLong(counter);
    }

    @Override
    public void load(ByteBuffer source) {
        seed = source.getLong();
        counter = source.getLong();
    }
}
