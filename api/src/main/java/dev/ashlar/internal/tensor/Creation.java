// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Ashlar;
import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.internal.schedule.DeviceRuntime;
import dev.ashlar.type.DType;
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
}
