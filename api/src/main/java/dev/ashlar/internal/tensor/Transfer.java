// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.internal.graph.Node;
import dev.ashlar.internal.graph.Recorder;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.type.DType;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Moves values between host and devices. */
public final class Transfer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private Transfer() {}

    // ---- host to device ---------------------------------------------------------------------------------------------------------

    /** Copies host data to a device. */
    public static Tensor upload(MemorySegment data, DType type, Shape shape, Device device) {
        DeviceRuntime runtime = Devices.runtime(device);
        Primitives.checkStorage("to", type, runtime);
        Recorder recorder = Recorder.of(runtime);
        Node leaf = shape.elements() == 0 ? recorder.empty(type, shape) : recorder.upload(type, shape, data);
        return TensorImpl.uploaded(leaf);
    }

    /** Checks that an array fits dimensions; without dimensions it is one. */
    public static Shape shape(long length, long[] sizes) {
        Shape shape = sizes.length == 0 ? Shape.of(length) : Shape.of(sizes);
        if (shape.elements() != length) {
            throw new ShapeMismatchException("[of] expected " + shape.elements() + " elements for shape " + shape + ", got " + length
                    + "; give sizes whose product is the length");
        }
        return shape;
    }

    // ---- device to device -------------------------------------------------------------------------------------------------------

    /** Returns a copy on another device; gradients flow back. */
    public static Tensor to(Tensor x, Device device) {
        if (Devices.runtime(device) == Primitives.runtime(x)) {
            return x;
        }
        Device origin = x.device();
        Node node = Primitives.node(x);
        Tensor y;
        if (node.isScalar()) {
            DeviceRuntime runtime = Devices.runtime(device);
            Primitives.checkStorage("to", node.type(), runtime);
            y = new TensorImpl(Node.scalar(runtime, node.type(), node.scalarBits()));
        } else {
            try (Arena scope = Arena.ofConfined()) {
                MemorySegment host = scope.allocate(Math.max(1, bytes(x)), 64).asSlice(0, bytes(x));
                Recorder.of(node.device()).download(node, host);
                y = upload(host, x.dtype(), x.shape(), device);
            }
        }
        return Tape.record("to", y, Tape.of(x), Tape.of(), (g, _) -> to(g, origin));
    }

    private static long bytes(Tensor x) {
        return x.shape().elements() * x.dtype().bytes();
    }

    // ---- device to host ---------------------------------------------------------------------------------------------------------

    private static Tensor single(Tensor x) {
        if (x.shape().elements() != 1) {
            throw new ShapeMismatchException("[item] expected a tensor of one element, got shape " + x.shape()
                    + "; reduce it, or read it with toFloatArray()");
        }
        return x;
    }

    /** Returns the only element. */
    public static double item(Tensor x) {
        Node node = Primitives.node(single(x));
        if (node.isScalar()) {
            return node.type().isFloatingPoint() ? Double.longBitsToDouble(node.scalarBits()) : node.scalarBits();
        }
        return switch (x.dtype()) {
            case FLOAT32 -> {
                float[] value = new float[1];
                Recorder.of(node.device()).download(node, MemorySegment.ofArray(value));
                yield value[0];
            }
            default -> toDoubles(x)[0];
        };
    }

    /** Returns the only element as a whole number. */
    public static long itemLong(Tensor x) {
        return toLongs(single(x))[0];
    }

    /** Returns the elements in a fresh heap array of the tensor's own type, as a segment. */
    private static MemorySegment read(Tensor x, DType type) {
        Tensor cast = Primitives.detached(x);
        cast = cast.dtype() == type ? cast : Primitives.cast(cast, type);
        int count = Math.toIntExact(cast.shape().elements() * type.bytes());
        MemorySegment host = MemorySegment.ofArray(new long[(count + 7) / 8]).asSlice(0, count);
        if (count == 0) {
            return host;
        }
        Node node = Primitives.node(cast);
        if (node.isScalar()) {
            node = Primitives.node(Primitives.copy(cast));
        }
        Recorder.of(node.device()).download(node, host);
        return host;
    }

    public static float[] toFloats(Tensor x) {
        return read(x, DType.FLOAT32).toArray(FLOAT);
    }

    public static double[] toDoubles(Tensor x) {
        if (x.dtype() == DType.FLOAT64 || x.dtype() == DType.INT64) {
            return x.dtype() == DType.FLOAT64
                    ? read(x, DType.FLOAT64).toArray(DOUBLE)
                    : java.util.Arrays.stream(toLongs(x)).asDoubleStream().toArray();
        }
        if (x.dtype() == DType.INT32) {
            return java.util.Arrays.stream(toInts(x)).asDoubleStream().toArray();
        }
        // Every other type fits float32 exactly, and devices without float64 convert to that.
        float[] floats = toFloats(x);
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    public static long[] toLongs(Tensor x) {
        return read(x, DType.INT64).toArray(LONG);
    }

    public static int[] toInts(Tensor x) {
        return read(x, DType.INT32).toArray(INT);
    }

    public static boolean[] toBooleans(Tensor x) {
        byte[] bytes = read(x, DType.BOOL).toArray(ValueLayout.JAVA_BYTE);
        boolean[] result = new boolean[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[i] != 0;
        }
        return result;
    }

    public static byte[] toBytes(Tensor x) {
        return read(x, x.dtype()).toArray(ValueLayout.JAVA_BYTE);
    }
}
