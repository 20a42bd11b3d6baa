// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.runtime.java;

import dev.ashlar.runtime.java.device.Conversions;
import dev.ashlar.type.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/** Random values, layouts and memory. */
final class Samples {
    private static final List<Double> SPECIAL = List.of(
            0.0, -0.0, 1.0, -1.0, 0.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-40, -1e-42, 3e38, 65504.0, 1e-6,
            255.5, -128.7, 1e10, 3.0, 1e300);

    private final Random random;

    Samples(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** Returns any value of a type, special ones often. */
    long any(DType type) {
        if (type.isFloatingPoint()) {
            double value = random.nextInt(4) == 0 ? SPECIAL.get(random.nextInt(SPECIAL.size())) : random.nextGaussian() * 4;
            return Conversions.fromDouble(type, value);
        }
        long value = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(-20, 21);
        if (random.nextInt(16) == 0) {
            value = type == DType.INT32 ? Integer.MIN_VALUE : Long.MIN_VALUE;
        }
        return Conversions.cast(DType.INT64, type, value);
    }

    /** Returns a small whole number, of which sums and products are exact in every type. */
    long small(DType type) {
        int value = random.nextInt(type == DType.UINT8 ? 0 : -4, 5);
        return Conversions.cast(DType.INT64, type, value);
    }

    /** Returns sizes that differ in kind: ones, odd numbers, now and then more than a block. */
    long[] sizes(int rank) {
        long[] sizes = new long[rank];
        for (int i = 0; i < rank; i++) {
            sizes[i] = random.nextInt(4) == 0 ? 1 : random.nextInt(1, rank > 2 ? 9 : 40);
        }
        if (rank > 0 && random.nextInt(5) == 0) {
            sizes[random.nextInt(rank)] = random.nextInt(500, rank == 1 ? 90_000 : 3000);
        }
        return sizes;
    }

    /** A binding's strides and offset, and how many elements its memory has. */
    record Layout(long[] strides, long offset, int elements) {}

    /**
     * Returns a random layout.
     *
     * @param fixed axes along which the stride is 0
     * @param unique whether no two coordinates may share an element
     */
    Layout layout(long[] sizes, boolean[] fixed, boolean unique) {
        int rank = sizes.length;
        int[] order = new int[rank];
        for (int i = 0; i < rank; i++) {
            order[i] = i;
        }
        if (random.nextInt(3) == 0) {
            for (int i = rank - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
        }
        long[] strides = new long[rank];
        long extent = 1;
        long offset = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
        boolean gaps = random.nextInt(4) == 0;
        for (int i = rank - 1; i >= 0; i--) {
            int axis = order[i];
            if (fixed[axis] || !unique && random.nextInt(6) == 0) {
                continue;
            }
            long stride = extent + (gaps ? random.nextInt(3) : 0);
            extent = stride * Math.max(1, sizes[axis]);
            if (random.nextInt(8) == 0) {
                offset += stride * Math.max(0, sizes[axis] - 1);
                stride = -stride;
            }
            strides[axis] = stride;
        }
        long high = offset;
        for (int i = 0; i < rank; i++) {
            high += Math.max(0, Math.max(0, sizes[i] - 1) * strides[i]);
        }
        return new Layout(strides, offset, Math.toIntExact(high + 1));
    }

    /** Returns memory with values. */
    static byte[] memory(DType type, int elements, LongSupplier values) {
        ByteBuffer bytes = ByteBuffer.allocate(elements * type.bytes()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < elements; i++) {
            long value = values.getAsLong();
            switch (type.bytes()) {
                case 8 -> bytes.putLong(value);
                case 4 -> bytes.putInt((int) value);
                case 2 -> bytes.putShort((short) value);
                default -> bytes.put((byte) value);
            }
        }
        return bytes.array();
    }

    /** Returns one element of memory as {@link Conversions} holds it. */
    static long element(DType type, byte[] memory, int index) {
        ByteBuffer bytes = ByteBuffer.wrap(memory).order(ByteOrder.nativeOrder());
        return switch (type) {
            case FLOAT64, INT64 -> bytes.getLong(index * 8);
            case FLOAT32, INT32 -> bytes.getInt(index * 4);
            case FLOAT16, BFLOAT16, INT16 -> bytes.getShort(index * 2);
            case INT8, BOOL -> bytes.get(index);
            case UINT8 -> bytes.get(index) & 0xFF;
        };
    }
}
