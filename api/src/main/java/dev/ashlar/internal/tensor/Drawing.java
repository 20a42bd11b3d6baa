// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import java.lang.foreign.MemorySegment;

/**
 * Random tensors. Philox draws on the device, in formulas over counters that are reserved when the call is recorded; other generators
 * draw on the host at the call.
 */
public final class Drawing {
    private static final long NARROW = 1L << 31;

    private Drawing() {}

    // ---- bits -------------------------------------------------------------------------------------------------------------------

    private static Tensor bits(Shape shape, Generator generator, DeviceRuntime runtime) {
        synchronized (generator) {
            return Primitives.randomBits(shape, generator.seed(), generator.reserve(shape.elements()), runtime);
        }
    }

    /** Returns the lowest {@code count} bits, from bit {@code from} on, as a number in the given type. */
    private static Tensor field(Tensor bits, int from, int count, DType type) {
        Tensor shifted = from == 0 ? bits : Primitives.binary("rand", ScalarOp.SHR, bits, Primitives.scalarOf(bits, from, DType.INT64));
        Tensor mask = Primitives.scalarOf(bits, (1L << count) - 1, DType.INT64);
        return Primitives.binary("rand", ScalarOp.AND, shifted, mask).to(type);
    }

    private static Tensor upload(float[] values, Shape shape, DType type, DeviceRuntime runtime) {
        Tensor floats = Transfer.upload(MemorySegment.ofArray(values), DType.FLOAT32, shape, Devices.device(runtime));
        return type == DType.FLOAT32 ? floats : floats.to(type);
    }

    private static Tensor upload(double[] values, Shape shape, DType type, DeviceRuntime runtime) {
        if (type == DType.FLOAT64) {
            return Transfer.upload(MemorySegment.ofArray(values), type, shape, Devices.device(runtime));
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return upload(floats, shape, type, runtime);
    }

    static Tensor upload(long[] values, Shape shape, DeviceRuntime runtime) {
        return Transfer.upload(MemorySegment.ofArray(values), DType.INT64, shape, Devices.device(runtime));
    }

    static int count(Shape shape) {
        return Math.toIntExact(shape.elements());
    }

    private static void checkFloating(String operation, DType type) {
        if (!type.isFloatingPoint()) {
            throw new DTypeMismatchException("[" + operation + "] expected a floating-point type, got " + type
                    + "; draw float32 and cast it with to(type), or use randint for integers");
        }
    }

    // ---- uniform and normal -----------------------------------------------------------------------------------------------------

    /**
     * Uniform in [0, 1): 53 bits for float64, 24 for float32, 11 for float16 and 8 for bfloat16, so that every number is a value of the
     * type and 1 is none of them.
     */
    public static Tensor rand(Shape shape, DType type, Generator generator, DeviceRuntime runtime) {
        checkFloating("rand", type);
        if (generator.drawsOnHost()) {
            return uniformOnHost(shape, 0, 1, type, generator, runtime);
        }
        int width = switch (type) {
            case FLOAT64 -> 53;
            case FLOAT16 -> 11;
            case BFLOAT16 -> 8;
            default -> 24;
        };
        return field(bits(shape, generator, runtime), 0, width, type).mul(Math.scalb(1.0, -width));
    }

    private static Tensor uniformOnHost(Shape shape, double low, double high, DType type, Generator generator, DeviceRuntime runtime) {
        return type == DType.FLOAT64
                ? upload(generator.fillUniform(new double[count(shape)], low, high), shape, type, runtime)
                : upload(generator.fillUniform(new float[count(shape)], low, high), shape, type, runtime);
    }

    /** Uniform in [low, high). */
    public static Tensor uniform(Shape shape, double low, double high, DType type, Generator generator, DeviceRuntime runtime) {
        checkFloating("uniform", type);
        if (!(low <= high) || Double.isInfinite(high - low)) {
            throw new InvalidArgumentException("[uniform] expected finite low <= high, got [" + low + ", " + high + "); order them");
        }
        return generator.drawsOnHost()
                ? uniformOnHost(shape, low, high, type, generator, runtime)
                : rand(shape, type, generator, runtime).mul(high - low).add(low);
    }

    /** Uniform in (0, 1), both ends left out: what logarithms need. */
    private static Tensor open(Shape shape, DType type, Generator generator, DeviceRuntime runtime) {
        DType computed = type.arithmetic();
        int width = computed == DType.FLOAT64 ? 52 : 23;
        return field(bits(shape, generator, runtime), 0, width, computed).add(0.5).mul(Math.scalb(1.0, -width));
    }

    /** Numbers of 53 bits in [0, 1), in the type of arithmetic. */
    private static double[] doubles(Shape shape, Generator generator) {
        double[] values = new double[count(shape)];
        synchronized (generator) {
            for (int i = 0; i < values.length; i++) {
                values[i] = generator.nextDouble();
            }
        }
        return values;
    }

    /**
     * Normal by the transform of Box and Muller: {@code sqrt(-2 log u) cos(2 pi v)} with u in (0, 1]. The 16-bit types get the float32
     * numbers, rounded.
     *
     * @see <a href="https://doi.org/10.1214/aoms/1177706645">A note on the generation of random normal deviates</a>
     */
    public static Tensor randn(Shape shape, DType type, Generator generator, DeviceRuntime runtime) {
        checkFloating("randn", type);
        if (generator.drawsOnHost()) {
            return normalOnHost(shape, 0, 1, type, generator, runtime);
        }
        Tensor bits = bits(shape, generator, runtime);
        DType computed = type.arithmetic();
        int width = computed == DType.FLOAT64 ? 32 : 24;
        Tensor u = field(bits, 0, width, computed).add(1.0).mul(Math.scalb(1.0, -width));
        Tensor v = field(bits, 32, width, computed).mul(Math.scalb(1.0, -width));
        return u.log().mul(-2.0).sqrt().mul(v.mul(2 * Math.PI).cos()).to(type);
    }

    private static Tensor normalOnHost(Shape shape, double mean, double std, DType type, Generator generator, DeviceRuntime runtime) {
        return type == DType.FLOAT64
                ? upload(generator.fillNormal(new double[count(shape)], mean, std), shape, type, runtime)
                : upload(generator.fillNormal(new float[count(shape)], mean, std), shape, type, runtime);
    }

    /** Normal with a mean and a standard deviation. */
    public static Tensor normal(Shape shape, double mean, double std, DType type, Generator generator, DeviceRuntime runtime) {
        checkFloating("normal", type);
        if (!(std >= 0)) {
            throw new InvalidArgumentException("[normal] expected a standard deviation >= 0, got " + std + "; pass its absolute value");
        }
        return generator.drawsOnHost()
                ? normalOnHost(shape, mean, std, type, generator, runtime)
                : randn(shape, type, generator, runtime).mul(std).add(mean);
    }

    /** Normal with means and standard deviations, which broadcast. */
    public static Tensor normal(Tensor mean, Tensor std, Generator generator) {
        checkFloating("normal", mean.dtype());
        checkFloating("normal", std.dtype());
        Primitives.checkSameDevice("normal", mean, std);
        Shape shape = Shape.broadcast("normal", mean.shape(), std.shape());
        DType type = Promotion.of(mean, std);
        return randn(shape, type, generator, Primitives.runtime(mean)).mul(std.detach()).add(mean.detach());
    }

    // ---- whole numbers ----------------------------------------------------------------------------------------------------------

    /** Evenly from [low, high), by multiplying 32 random bits with the range; for wide ranges the remainder of 63 bits. */
    public static Tensor randint(long low, long high, Shape shape, Generator generator, DeviceRuntime runtime) {
        if (high <= low || high - low < 0) {
            throw new InvalidArgumentException("[randint] expected low < high and a range below 2^63, got [" + low + ", " + high
                    + "); the upper end is left out");
        }
        if (generator.drawsOnHost()) {
            return upload(generator.fillIntegers(new long[count(shape)], low, high), shape, runtime);
        }
        long range = high - low;
        Tensor bits = bits(shape, generator, runtime);
        if (range > NARROW) {
            Tensor positive = Primitives.binary("randint", ScalarOp.AND, bits, Primitives.scalarOf(bits, Long.MAX_VALUE, DType.INT64));
            return Primitives.binary("randint", ScalarOp.REM, positive, Primitives.scalarOf(bits, range, DType.INT64)).add(low);
        }
        Tensor scaled = field(bits, 0, 32, DType.INT64).mul(range);
        return Primitives.binary("randint", ScalarOp.SHR, scaled, Primitives.scalarOf(bits, 32, DType.INT64)).add(low);
    }

    /** The numbers from 0 to n - 1 in random order. */
    public static Tensor randperm(long n, Generator generator, DeviceRuntime runtime) {
        if (n < 0 || n > Integer.MAX_VALUE) {
            throw new InvalidArgumentException("[randperm] expected a count from 0 to 2^31 - 1, got " + n
                    + "; orders are drawn on the host");
        }
        return upload(generator.permutation((int) n), Shape.of(n), runtime);
    }

    // ---- other distributions ----------------------------------------------------------------------------------------------------

    private static double probability(String operation, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new InvalidArgumentException("[" + operation + "] expected a probability in [0, 1], got " + p + "; clamp it");
        }
        return p;
    }

    /** 1 with a probability, else 0, in any type. */
    public static Tensor bernoulli(Shape shape, double p, DType type, Generator generator, DeviceRuntime runtime) {
        probability("bernoulli", p);
        if (generator.drawsOnHost()) {
            double[] drawn = doubles(shape, generator);
            boolean[] ones = new boolean[drawn.length];
            for (int i = 0; i < ones.length; i++) {
                ones[i] = drawn[i] < p;
            }
            return Creation.of(ones, shape.toArray()).to(Devices.device(runtime)).to(type);
        }
        return rand(shape, DType.FLOAT32, generator, runtime).lt(p).to(type);
    }

    /** 1 with the probabilities given, else 0. */
    public static Tensor bernoulli(Tensor p, Generator generator) {
        checkFloating("bernoulli", p.dtype());
        DType drawn = p.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        return rand(p.shape(), drawn, generator, Primitives.runtime(p)).lt(p.detach()).to(p.dtype());
    }

    /** Density {@code lambda exp(-lambda x)}: {@code -log(u) / lambda}. */
    public static Tensor exponential(Shape shape, double lambda, DType type, Generator generator, DeviceRuntime runtime) {
        checkFloating("exponential", type);
        if (!(lambda > 0)) {
            throw new InvalidArgumentException("[exponential] expected a rate > 0, got " + lambda + "; the mean is 1 / rate");
        }
        if (generator.drawsOnHost()) {
            double[] values = doubles(shape, generator);
            for (int i = 0; i < values.length; i++) {
                values[i] = -Math.log1p(-values[i]) / lambda;
            }
            return upload(values, shape, type, runtime);
        }
        return open(shape, type, generator, runtime).log().mul(-1 / lambda).to(type);
    }

    /** How many trials of probability p it takes to succeed: {@code ceil(log(u) / log(1 - p))}, from 1 on. */
    public static Tensor geometric(Shape shape, double p, DType type, Generator generator, DeviceRuntime runtime) {
        if (!(p > 0 && p < 1)) {
            throw new InvalidArgumentException("[geometric] expected a probability in (0, 1), got " + p + "; clamp it");
        }
        double scale = 1 / Math.log1p(-p);
        if (generator.drawsOnHost()) {
            double[] values = doubles(shape, generator);
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.ceil(Math.log(values[i]) * scale);
            }
            return upload(values, shape, DType.FLOAT64, runtime).to(type);
        }
        return open(shape, DType.FLOAT32, generator, runtime).log().mul(scale).ceil().to(type);
    }

    /** Density {@code sigma / (pi ((x - median)^2 + sigma^2))}: {@code median + sigma tan(pi (u - 1/2))}. */
    public static Tensor cauchy(Shape shape, double median, double sigma, DType type, Generator generator, DeviceRuntime runtime) {
        checkFloating("cauchy", type);
        if (!(sigma > 0)) {
            throw new InvalidArgumentException("[cauchy] expected a scale > 0, got " + sigma + "; pass its absolute value");
        }
        if (generator.drawsOnHost()) {
            double[] values = doubles(shape, generator);
            for (int i = 0; i < values.length; i++) {
                values[i] = median + sigma * Math.tan(Math.PI * (values[i] - 0.5));
            }
            return upload(values, shape, type, runtime);
        }
        Tensor angle = open(shape, type, generator, runtime).sub(0.5).mul(Math.PI);
        return angle.sin().div(angle.cos()).mul(sigma).add(median).to(type);
    }

    /** The exponential of normal numbers. */
    public static Tensor logNormal(Shape shape, double mean, double std, DType type, Generator generator, DeviceRuntime runtime) {
        checkFloating("logNormal", type);
        if (!(std > 0)) {
            throw new InvalidArgumentException("[logNormal] expected a standard deviation > 0, got " + std + "; pass its absolute value");
        }
        if (generator.drawsOnHost()) {
            double[] values = new double[count(shape)];
            synchronized (generator) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.exp(generator.nextGaussian() * std + mean);
                }
            }
            return upload(values, shape, type, runtime);
        }
        return normal(shape, mean, std, type.arithmetic(), generator, runtime).exp().to(type);
    }
}
