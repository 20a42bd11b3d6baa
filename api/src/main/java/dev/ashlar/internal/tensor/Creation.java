// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Generator;
import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Makes tensors on the default device. */
public final class Creation {
    private Creation() {}

    /** Returns the runtime of the default device. */
    public static DeviceRuntime runtime() {
        return Devices.runtime(Ashlar.defaultDevice());
    }

    private static Tensor upload(MemorySegment data, DType type, long length, long[] sizes) {
        return Transfer.upload(data, type, Transfer.shape(length, sizes), Ashlar.defaultDevice());
    }

    /** Returns the elements as one dimension on a device, null for the default one. */
    static Tensor of(@Nullable Device device, float[] data) {
        return upload(MemorySegment.ofArray(data), DType.FLOAT32, data.length, device);
    }

    /** Returns the elements as one dimension on a device, null for the default one. */
    static Tensor of(@Nullable Device device, double[] data) {
        return upload(MemorySegment.ofArray(data), DType.FLOAT64, data.length, device);
    }

    /** Returns the elements as one dimension on a device, null for the default one. */
    static Tensor of(@Nullable Device device, long[] data) {
        return upload(MemorySegment.ofArray(data), DType.INT64, data.length, device);
    }

    private static Tensor upload(MemorySegment data, DType type, long length, @Nullable Device device) {
        return Transfer.upload(data, type, Shape.of(length), device == null ? Ashlar.defaultDevice() : device);
    }

    public static Tensor of(float[] data, long... sizes) {
        return upload(MemorySegment.ofArray(data), DType.FLOAT32, data.length, sizes);
    }

    public static Tensor of(double[] data, long... sizes) {
        return upload(MemorySegment.ofArray(data), DType.FLOAT64, data.length, sizes);
    }

    public static Tensor of(long[] data, long... sizes) {
        return upload(MemorySegment.ofArray(data), DType.INT64, data.length, sizes);
    }

    public static Tensor of(int[] data, long... sizes) {
        return upload(MemorySegment.ofArray(data), DType.INT32, data.length, sizes);
    }

    public static Tensor of(short[] data, long... sizes) {
        return upload(MemorySegment.ofArray(data), DType.INT16, data.length, sizes);
    }

    public static Tensor of(byte[] data, long... sizes) {
        return upload(MemorySegment.ofArray(data), DType.INT8, data.length, sizes);
    }

    public static Tensor of(boolean[] data, long... sizes) {
        byte[] bytes = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            bytes[i] = (byte) (data[i] ? 1 : 0);
        }
        return upload(MemorySegment.ofArray(bytes), DType.BOOL, data.length, sizes);
    }

    private static long columns(int row, long length, long expected) {
        if (row > 0 && length != expected) {
            throw new ShapeMismatchException("[of] expected rows of " + expected + " elements, got " + length + " in row " + row
                    + "; pad the shorter ones");
        }
        return length;
    }

    public static Tensor of(float[][] rows) {
        long columns = 0;
        for (int i = 0; i < rows.length; i++) {
            columns = columns(i, rows[i].length, columns);
        }
        float[] data = new float[Math.toIntExact(rows.length * columns)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, data, (int) (i * columns), (int) columns);
        }
        return of(data, rows.length, columns);
    }

    public static Tensor of(double[][] rows) {
        long columns = 0;
        for (int i = 0; i < rows.length; i++) {
            columns = columns(i, rows[i].length, columns);
        }
        double[] data = new double[Math.toIntExact(rows.length * columns)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, data, (int) (i * columns), (int) columns);
        }
        return of(data, rows.length, columns);
    }

    public static Tensor of(long[][] rows) {
        long columns = 0;
        for (int i = 0; i < rows.length; i++) {
            columns = columns(i, rows[i].length, columns);
        }
        long[] data = new long[Math.toIntExact(rows.length * columns)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, data, (int) (i * columns), (int) columns);
        }
        return of(data, rows.length, columns);
    }

    public static Tensor ofBytes(byte[] data, DType type, long... sizes) {
        if (data.length % type.bytes() != 0) {
            throw new InvalidArgumentException("[ofBytes] expected a multiple of " + type.bytes() + " bytes for " + type + ", got "
                    + data.length + "; are these elements of another type?");
        }
        return upload(MemorySegment.ofArray(data), type, data.length / type.bytes(), sizes);
    }

    // ---- random numbers ---------------------------------------------------------------------------------------------------------

    private static Tensor bits(Shape shape, Generator generator, DeviceRuntime runtime) {
        return Primitives.randomBits(shape, generator.seed(), generator.reserve(shape.elements()), runtime);
    }

    /** Returns the lowest {@code count} bits, from bit {@code from} on, as a number in the given type. */
    private static Tensor field(Tensor bits, int from, int count, DType type) {
        Tensor shifted = from == 0 ? bits : Primitives.binary("rand", ScalarOp.SHR, bits, Primitives.scalarOf(bits, from, DType.INT64));
        Tensor mask = Primitives.scalarOf(bits, (1L << count) - 1, DType.INT64);
        return Primitives.binary("rand", ScalarOp.AND, shifted, mask).to(type);
    }

    /**
     * Uniform in [0, 1): 53 bits for float64, 24 for float32, 11 for float16 and 8 for bfloat16, so that every number is a value of the
     * type and 1 is none of them.
     */
    public static Tensor rand(Shape shape, DType type, Generator generator, DeviceRuntime runtime) {
        int width = switch (type) {
            case FLOAT64 -> 53;
            case FLOAT32 -> 24;
            case FLOAT16 -> 11;
            case BFLOAT16 -> 8;
            default -> throw new DTypeMismatchException("[rand] expected a floating-point type, got " + type + "; use randint for integers");
        };
        return field(bits(shape, generator, runtime), 0, width, type).mul(Math.scalb(1.0, -width));
    }

    /**
     * Normal by the transform of Box and Muller: {@code sqrt(-2 log u) cos(2 pi v)} with u in (0, 1]. The 16-bit types get the float32
     * numbers, rounded.
     *
     * @see <a href="https://doi.org/10.1214/aoms/1177706645">A note on the generation of random normal deviates</a>
     */
    public static Tensor randn(Shape shape, DType type, Generator generator, DeviceRuntime runtime) {
        if (!type.isFloatingPoint()) {
            throw new DTypeMismatchException("[randn] expected a floating-point type, got " + type + "; draw float32 and cast it");
        }
        Tensor bits = bits(shape, generator, runtime);
        DType computed = type.arithmetic();
        int width = computed == DType.FLOAT64 ? 32 : 24;
        Tensor u = field(bits, 0, width, computed).add(1.0).mul(Math.scalb(1.0, -width));
        Tensor v = field(bits, 32, width, computed).mul(Math.scalb(1.0, -width));
        return u.log().mul(-2.0).sqrt().mul(v.mul(2 * Math.PI).cos()).to(type);
    }

    /** Evenly from [low, high), by multiplying 32 random bits with the range. */
    public static Tensor randint(long low, long high, Shape shape, Generator generator) {
        if (high <= low || high - low > 1L << 31) {
            throw new InvalidArgumentException("[randint] expected low < high and a range of at most 2^31, got [" + low + ", " + high
                    + "); draw from a smaller range");
        }
        Tensor bits = field(bits(shape, generator, runtime()), 0, 32, DType.INT64);
        Tensor scaled = bits.mul(high - low);
        return Primitives.binary("randint", ScalarOp.SHR, scaled, Primitives.scalarOf(bits, 32, DType.INT64)).add(low);
    }
}
