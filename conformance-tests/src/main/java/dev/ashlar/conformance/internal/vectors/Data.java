// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor of the files, or one that was read back: elements as they are stored.
 *
 * @param bytes row-major, little-endian
 */
@SuppressWarnings("ArrayRecordComponent")
public record Data(DType type, long[] sizes, byte[] bytes) {
    /** Reads a tensor. */
    public static Data of(Tensor tensor) {
        return new Data(tensor.dtype(), tensor.shape().toArray(), tensor.toByteArray());
    }

    public int count() {
        return bytes.length / type.bytes();
    }

    /** Returns the elements; whole numbers beyond 2^53 lose digits. */
    public double[] numbers() {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT64 -> buffer.getDouble();
                case FLOAT32 -> buffer.getFloat();
                case FLOAT16 -> Float.float16ToFloat(buffer.getShort());
                case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort() << 16);
                case INT64 -> buffer.getLong();
                case INT32 -> buffer.getInt();
                case INT16 -> buffer.getShort();
                case INT8 -> buffer.get();
                case UINT8, BOOL -> buffer.get() & 0xFF;
            };
        }
        return values;
    }

    /** Makes a tensor on the default device. */
    public Tensor upload() {
        return sizes.length == 0 ? Tensor.ofBytes(bytes, type, 1).reshape() : Tensor.ofBytes(bytes, type, sizes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Data data && type == data.type && Arrays.equals(sizes, data.sizes) && Arrays.equals(bytes, data.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        double[] values = numbers();
        String text = Arrays.toString(values.length <= 12 ? values : Arrays.copyOf(values, 12));
        return type + Arrays.toString(sizes) + " " + text + (values.length > 12 ? "..." : "");
    }
}
