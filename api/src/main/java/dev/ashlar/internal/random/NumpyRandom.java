// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.random;

import java.nio.ByteBuffer;

/**
 * The numbers of numpy's {@code RandomState(seed)}.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/random/legacy.html">numpy: Legacy random generation</a>
 */
public final class NumpyRandom implements HostRandom {
    private final MersenneTwister twister;
    private double second;
    private boolean hasSecond;

    public NumpyRandom(long seed) {
        twister = new MersenneTwister(seed);
    }

    @Override
    public void seed(long seed) {
        twister.seed(seed);
        hasSecond = false;
    }

    @Override
    public double nextDouble() {
        long upper = twister.next() >>> 5;
        long lower = twister.next() >>> 6;
        return (upper * 67108864.0 + lower) / 9007199254740992.0;
    }

    @Override
    public void uniform(float[] target, double low, double high) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) (low + (high - low) * nextDouble());
        }
    }

    @Override
    public void uniform(double[] target, double low, double high) {
        for (int i = 0; i < target.length; i++) {
            target[i] = low + (high - low) * nextDouble();
        }
    }

    /** Marsaglia's polar method; the second number of each pair waits for the next call. */
    @Override
    public double nextGaussian() {
        if (hasSecond) {
            hasSecond = false;
            return second;
        }
        double x;
        double y;
        double square;
        do {
            x = 2.0 * nextDouble() - 1.0;
            y = 2.0 * nextDouble() - 1.0;
            square = x * x + y * y;
        } while (square >= 1.0 || square == 0.0);
        double factor = Math.sqrt(-2.0 * Math.log(square) / square);
        second = factor * x;
        hasSecond = true;
        return factor * y;
    }

    @Override
    public void normal(float[] target, double mean, double std) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) (mean + std * nextGaussian());
        }
    }

    @Override
    public void normal(double[] target, double mean, double std) {
        for (int i = 0; i < target.length; i++) {
            target[i] = mean + std * nextGaussian();
        }
    }

    /** Returns a number from 0 to {@code last}, unsigned: draws until one fits below the next power of two. */
    private long interval(long last) {
        if (last == 0) {
            return 0;
        }
        long mask = -1L >>> Long.numberOfLeadingZeros(last);
        boolean narrow = last >>> 32 == 0;
        long value;
        do {
            value = (narrow ? twister.nextUnsigned() : twister.nextLong()) & mask;
        } while (Long.compareUnsigned(value, last) > 0);
        return value;
    }

    @Override
    public void integers(long[] target, long low, long high) {
        long last = high - 1 - low;
        for (int i = 0; i < target.length; i++) {
            target[i] = low + interval(last);
        }
    }

    @Override
    public long[] permutation(int count) {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int i = count - 1; i > 0; i--) {
            int other = (int) interval(i);
            long kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    @Override
    public int stateBytes() {
        return MersenneTwister.stateBytes() + Double.BYTES + 1;
    }

    @Override
    public void save(ByteBuffer target) {
        twister.save(target);
        target.putDouble(second).put((byte) (hasSecond ? 1 : 0));
    }

    @Override
    public void load(ByteBuffer source) {
        twister.load(source);
        second = source.getDouble();
        hasSecond = source.get() != 0;
    }
}
