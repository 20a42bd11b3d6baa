// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import java.util.Arrays;
import java.util.Random;

/** Ways in which the elements of an operand can lie in memory. What lies between them is NaN, or bits that are all set. */
public enum Placement {
    /** Row by row. */
    PLAIN,
    /** Dimensions in the opposite order. */
    TRANSPOSED,
    /** With gaps in every dimension. */
    STEPPED,
    /** Behind and before other elements. */
    SHIFTED,
    /** Backwards along every dimension. */
    FLIPPED,
    /** Some of the above in each dimension, at random. */
    MIXED,
    /** The first slice of the first dimension, repeated without being stored again: other values, so the same call judges itself. */
    EXPANDED;

    /** Returns the data that an operand in this layout has. */
    public Data values(Data data) {
        return this == EXPANDED && expandable(data) ? firstSliceOf(data) : data;
    }

    private static boolean expandable(Data data) {
        return data.sizes().length > 0 && data.count() > 0 && data.sizes()[0] > 1 && data.type().isFloatingPoint();
    }

    private static Data firstSliceOf(Data data) {
        int slice = data.bytes().length / Math.toIntExact(data.sizes()[0]);
        byte[] bytes = new byte[data.bytes().length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = data.bytes()[i % slice];
        }
        return new Data(data.type(), data.sizes(), bytes);
    }

    /** Uploads data so that a view of the upload has them. */
    public Tensor place(Data data, Random random) {
        if (this == PLAIN || data.count() == 0) {
            return data.upload();
        }
        if (this == EXPANDED) {
            return expandable(data) ? expanded(data) : data.upload();
        }
        int rank = data.sizes().length;
        if (rank == 0) {
            byte[] line = garbage(3, data.type());
            System.arraycopy(data.bytes(), 0, line, data.type().bytes(), data.type().bytes());
            return Tensor.ofBytes(line, data.type(), 3).select(0, 1);
        }
        int[] order = new int[rank];
        long[] start = new long[rank];
        long[] step = new long[rank];
        boolean[] flip = new boolean[rank];
        for (int d = 0; d < rank; d++) {
            order[d] = this == TRANSPOSED ? rank - 1 - d : d;
            start[d] = this == SHIFTED ? 2 : this == STEPPED ? 1 : this == MIXED ? random.nextInt(3) : 0;
            step[d] = this == STEPPED ? 2 : this == MIXED ? 1 + random.nextInt(3) : 1;
            flip[d] = this == FLIPPED || this == MIXED && random.nextBoolean();
        }
        if (this == MIXED) {
            for (int d = rank - 1; d > 0; d--) {
                int other = random.nextInt(d + 1);
                int kept = order[d];
                order[d] = order[other];
                order[other] = kept;
            }
        }
        return view(data, order, start, step, flip);
    }

    private static Tensor expanded(Data data) {
        long[] one = data.sizes().clone();
        one[0] = 1;
        byte[] slice = Arrays.copyOf(data.bytes(), data.bytes().length / Math.toIntExact(data.sizes()[0]));
        return Tensor.ofBytes(slice, data.type(), one).expand(data.sizes());
    }

    /** @param order the dimension that is stored k-th */
    private static Tensor view(Data data, int[] order, long[] start, long[] step, boolean[] flip) {
        int rank = order.length;
        long[] sizes = data.sizes();
        long[] stored = new long[rank];
        int[] back = new int[rank];
        long total = 1;
        for (int k = 0; k < rank; k++) {
            int d = order[k];
            stored[k] = start[d] + step[d] * (sizes[d] - 1) + 2;
            total *= stored[k];
            back[d] = k;
        }
        int bytes = data.type().bytes();
        byte[] base = garbage(Math.toIntExact(total), data.type());
        long[] index = new long[rank];
        for (int i = 0; i < data.count(); i++) {
            long position = 0;
            for (int k = 0; k < rank; k++) {
                int d = order[k];
                position = position * stored[k] + start[d] + step[d] * (flip[d] ? sizes[d] - 1 - index[d] : index[d]);
            }
            System.arraycopy(data.bytes(), i * bytes, base, Math.toIntExact(position) * bytes, bytes);
            for (int d = rank - 1; d >= 0 && ++index[d] == sizes[d]; d--) {
                index[d] = 0;
            }
        }
        Tensor tensor = Tensor.ofBytes(base, data.type(), stored).permute(back);
        for (int d = 0; d < rank; d++) {
            tensor = tensor.slice(d, start[d], start[d] + step[d] * (sizes[d] - 1) + 1, step[d]);
        }
        int[] flipped = java.util.stream.IntStream.range(0, rank).filter(d -> flip[d]).toArray();
        return flipped.length == 0 ? tensor : tensor.flip(flipped);
    }

    private static byte[] garbage(int count, DType type) {
        byte[] bytes = new byte[count * type.bytes()];
        // In the floating-point types all bits set is NaN; in bool only 1 is a legal truth.
        Arrays.fill(bytes, type == DType.BOOL ? 1 : (byte) 0xFF);
        return bytes;
    }
}
