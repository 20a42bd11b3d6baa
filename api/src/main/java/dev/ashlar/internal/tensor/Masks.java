// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.spi.ScatterOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import java.lang.foreign.MemorySegment;

/** Where the elements of a tensor are different from 0. How many there are only the host can know, so it reads them and counts. */
public final class Masks {
    private Masks() {}

    /** Throws unless a tensor is a mask. */
    public static void check(String name, Tensor mask) {
        if (mask.dtype() != DType.BOOL) {
            throw new DTypeMismatchException("[" + name + "] expected a mask of bool, got " + mask.dtype()
                    + "; compare with a number, for example with ne(0)");
        }
    }

    private static long[] found(Tensor x) {
        boolean[] truth = x.toBooleanArray();
        int count = 0;
        for (boolean yes : truth) {
            count += yes ? 1 : 0;
        }
        long[] positions = new long[count];
        int next = 0;
        for (int i = 0; i < truth.length; i++) {
            if (truth[i]) {
                positions[next++] = i;
            }
        }
        return positions;
    }

    private static Tensor upload(long[] values, Device device, long... sizes) {
        return Transfer.upload(MemorySegment.ofArray(values), DType.INT64, Shape.of(sizes), device);
    }

    /** Returns the row-major positions of the elements different from 0, as a vector of int64. */
    public static Tensor positions(Tensor x) {
        long[] positions = found(x);
        return upload(positions, x.device(), positions.length);
    }

    /** Returns for each dimension the coordinates of the elements different from 0: int64 of shape [dimensions, count]. */
    public static Tensor coordinates(Tensor x) {
        long[] positions = found(x);
        int rank = x.dim();
        long[] coordinates = new long[rank * positions.length];
        long stride = 1;
        for (int dim = rank - 1; dim >= 0; dim--) {
            long size = x.size(dim);
            for (int i = 0; i < positions.length; i++) {
                coordinates[dim * positions.length + i] = positions[i] / stride % size;
            }
            stride *= size;
        }
        return upload(coordinates, x.device(), rank, positions.length);
    }

    /** Returns a mask of {@code size} elements that is true at the given indices, a vector of them. */
    public static Tensor ofIndices(String name, Tensor index, long size) {
        Tensor none = Primitives.full(Shape.of(size), 0L, DType.BOOL, Primitives.runtime(index));
        Tensor yes = Primitives.full(index.shape(), 1L, DType.BOOL, Primitives.runtime(index));
        return Primitives.scatter(name, none, 0, index, yes, ScatterOp.SET);
    }
}
