// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Matrices on the host: checks batches of them, reads their values, and writes results back to the device that they came from. Values
 * are doubles here whatever their type, and are rounded once, at the end.
 */
final class HostMatrices {
    private static final System.Logger LOG = System.getLogger("dev.ashlar.host");
    private static final Set<String> ANNOUNCED = ConcurrentHashMap.newKeySet();

    private HostMatrices() {}

    /** Says once for each operation that it does not run on the device. */
    static void announce(String name) {
        if (ANNOUNCED.add(name)) {
            LOG.log(System.Logger.Level.DEBUG, () -> "[" + name + "] runs on the host: values are read, computed with and written back");
        }
    }

    // ---- checks -----------------------------------------------------------------------------------------------------------------

    /** Returns its argument, which has two dimensions or more and a type that is exact enough. */
    static Tensor matrices(String name, Tensor x) {
        if (x.shape().rank() < 2) {
            throw new ShapeMismatchException("[" + name + "] expected a matrix or a batch of them, got shape " + x.shape()
                    + "; add dimensions with unsqueeze");
        }
        return floating(name, x);
    }

    private static Tensor floating(String name, Tensor x) {
        if (!x.dtype().isFloatingPoint() || x.dtype().bytes() < DType.FLOAT32.bytes()) {
            throw new DTypeMismatchException("[" + name + "] expected float32 or float64, got " + x.dtype()
                    + "; cast, for example with to(DType.FLOAT32)");
        }
        return x;
    }

    /** Returns its argument, whose last two dimensions have one size. */
    static Tensor square(String name, Tensor x) {
        matrices(name, x);
        if (x.size(-1) != x.size(-2)) {
            throw new ShapeMismatchException("[" + name + "] expected square matrices, got shape " + x.shape()
                    + "; the last two sizes must be equal");
        }
        return x;
    }

    /** Throws unless two operands have one type and lie on one device. */
    static void alike(String name, Tensor a, Tensor b) {
        floating(name, b);
        if (a.dtype() != b.dtype()) {
            throw new DTypeMismatchException("[" + name + "] expected operands of one type, got " + a.dtype() + " and " + b.dtype()
                    + "; cast one with to(dtype)");
        }
        Primitives.checkSameDevice(name, a, b);
    }

    private static void finite(String name, double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new InvalidArgumentException("[" + name + "] expected finite numbers, got " + value
                        + "; look for what made it with isFinite()");
            }
        }
    }

    /** Returns "" or, within a batch, which matrix it is. */
    static String element(Tensor batch, int index) {
        return batch.shape().rank() == 2 ? "" : " at batch element " + index;
    }

    // ---- sizes ------------------------------------------------------------------------------------------------------------------

    /** Returns the sizes before the last two. */
    static long[] batch(Tensor x) {
        return Arrays.copyOf(x.shape().toArray(), x.shape().rank() - 2);
    }

    static long[] join(long[] lead, long... tail) {
        long[] sizes = Arrays.copyOf(lead, lead.length + tail.length);
        System.arraycopy(tail, 0, sizes, lead.length, tail.length);
        return sizes;
    }

    static int size(Tensor x, int dim) {
        return Math.toIntExact(x.shape().size(dim));
    }

    /** Returns how many matrices a batch has, those without elements included. */
    static int count(Tensor x) {
        return Math.toIntExact(Shape.of(batch(x)).elements());
    }

    // ---- values -----------------------------------------------------------------------------------------------------------------

    /** Reads all values. */
    static double[] read(String name, Tensor x) {
        announce(name);
        return Transfer.toDoubles(x);
    }

    /** Reads all values, and throws if one is not finite. */
    static double[] readFinite(String name, Tensor x) {
        double[] values = read(name, x);
        finite(name, values);
        return values;
    }

    /** Returns one of equally long parts. */
    static double[] part(double[] values, int index, int length) {
        return Arrays.copyOfRange(values, index * length, (index + 1) * length);
    }

    /** Writes part {@code index} of equally long parts. */
    static void put(double[] values, int index, double[] part) {
        System.arraycopy(part, 0, values, index * part.length, part.length);
    }

    /** Returns values as a tensor of another one's type and device. */
    static Tensor write(double[] values, Tensor like, long... sizes) {
        MemorySegment data;
        if (like.dtype() == DType.FLOAT64) {
            data = MemorySegment.ofArray(values);
        } else {
            float[] rounded = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                rounded[i] = (float) values[i];
            }
            data = MemorySegment.ofArray(rounded);
        }
        return Transfer.upload(data, like.dtype(), Shape.of(sizes), like.device());
    }
}
