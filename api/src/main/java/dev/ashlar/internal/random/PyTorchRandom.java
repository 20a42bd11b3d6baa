// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.random;

import java.nio.ByteBuffer;

/**
 * The numbers of PyTorch on the CPU after {@code torch.manual_seed(seed)}.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/generated/torch.Generator.html">torch.Generator</a>
 */
public final class PyTorchRandom implements HostRandom {
    private static final int BLOCK = 16;
    private static final int HALF = BLOCK / 2;
    /** Ranges from here on take 64 bits per number. */
    private static final long WIDE = 1L << 28;

    private final MersenneTwister twister;
    private double second;
    private boolean hasSecond;

    public PyTorchRandom(long seed) {
        twister = new MersenneTwister(seed);
    }

    @Override
    public void seed(long seed) {
        twister.seed(seed);
        hasSecond = false;
    }

    private float nextFloat() {
        return (twister.next() & 0xFFFFFF) * 0x1p-24f;
    }

    @Override
    public double nextDouble() {
        return (twister.nextLong() & (1L << 53) - 1) * 0x1p-53;
    }

    @Override
    public void uniform(float[] target, double low, double high) {
        float from = (float) low;
        float range = (float) high - from;
        for (int i = 0; i < target.length; i++) {
            // Compiled for processors with fused multiply-add, which rounds once.
            target[i] = Math.fma(nextFloat(), range, from);
        }
    }

    @Override
    public void uniform(double[] target, double low, double high) {
        for (int i = 0; i < target.length; i++) {
            target[i] = Math.fma(nextDouble(), high - low, low);
        }
    }

    // ---- normal -----------------------------------------------------------------------------------------------------------------

    /** Box and Muller on pairs; the second number of each pair waits for the next call. */
    @Override
    public double nextGaussian() {
        if (hasSecond) {
            hasSecond = false;
            return second;
        }
        double u = nextDouble();
        double v = nextDouble();
        double radius = Math.sqrt(-2.0 * Math.log1p(-v));
        double angle = 2.0 * Math.PI * u;
        second = radius * Math.sin(angle);
        hasSecond = true;
        return radius * Math.cos(angle);
    }

    @Override
    public void normal(float[] target, double mean, double std) {
        if (target.length < BLOCK) {
            for (int i = 0; i < target.length; i++) {
                target[i] = (float) (nextGaussian() * std + mean);
            }
            return;
        }
        for (int i = 0; i < target.length; i++) {
            target[i] = nextFloat();
        }
        for (int i = 0; i + BLOCK <= target.length; i += BLOCK) {
            block(target, i, (float) mean, (float) std);
        }
        if (target.length % BLOCK != 0) {
            int start = target.length - BLOCK;
            for (int i = start; i < target.length; i++) {
                target[i] = nextFloat();
            }
            block(target, start, (float) mean, (float) std);
        }
    }

    private static void block(float[] target, int start, float mean, float std) {
        for (int i = start; i < start + HALF; i++) {
            float u = 1 - target[i];
            float v = target[i + HALF];
            float radius = (float) Math.sqrt(-2f * (float) Math.log(u));
            float angle = (float) (2 * Math.PI) * v;
            target[i] = radius * (float) Math.cos(angle) * std + mean;
            target[i + HALF] = radius * (float) Math.sin(angle) * std + mean;
        }
    }

    @Override
    public void normal(double[] target, double mean, double std) {
        if (target.length < BLOCK) {
            for (int i = 0; i < target.length; i++) {
                target[i] = nextGaussian() * std + mean;
            }
            return;
        }
        uniform(target, 0, 1);
        for (int i = 0; i + BLOCK <= target.length; i += BLOCK) {
            block(target, i, mean, std);
        }
        if (target.length % BLOCK != 0) {
            int start = target.length - BLOCK;
            for (int i = start; i < target.length; i++) {
                target[i] = nextDouble();
            }
            block(target, start, mean, std);
        }
    }

    private static void block(double[] target, int start, double mean, double std) {
        for (int i = start; i < start + HALF; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - target[i]));
            double angle = 2 * Math.PI * target[i + HALF];
            target[i] = radius * Math.cos(angle) * std + mean;
            target[i + HALF] = radius * Math.sin(angle) * std + mean;
        }
    }

    // ---- whole numbers ----------------------------------------------------------------------------------------------------------

    @Override
    public void integers(long[] target, long low, long high) {
        long range = high - low;
        boolean wide = Long.compareUnsigned(range, WIDE) >= 0;
        for (int i = 0; i < target.length; i++) {
            target[i] = low + Long.remainderUnsigned(wide ? twister.nextLong() : twister.nextUnsigned(), range);
        }
    }

    @Override
    public long[] permutation(int count) {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        boolean wide = count >= 0xFFFFFFFFL / 20;
        for (int i = 0; i < count - 1; i++) {
            long bits = wide ? twister.nextLong() : twister.nextUnsigned();
            int other = i + (int) Long.remainderUnsigned(bits, count - i);
            long kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    /** Returns what {@code random_()} draws, to seed another generator with. */
    public long nextSeed() {
        return twister.nextLong() & Long.MAX_VALUE;
    }

    /** Draws what each epoch of a loader draws. */
    public void skipWorkerSeed() {
        twister.nextLong();
    }

    // ---- state ------------------------------------------------------------------------------------------------------------------

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
