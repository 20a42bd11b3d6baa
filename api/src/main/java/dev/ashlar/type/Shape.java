// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.type;

import java.util.Arrays;

/** The sizes of a tensor's dimensions, outermost first. A scalar has none. Immutable. */
public final class Shape {
    private static final Shape SCALAR = new Shape(new long[0]);

    private final long[] sizes;
    private final long elements;

    private Shape(long[] sizes) {
        this.sizes = sizes;
        long product = 1;
        for (long size : sizes) {
            product = size == 0 || product == 0 ? 0 : Math.multiplyExact(product, size);
        }
        this.elements = product;
    }

    /**
     * Returns the shape with the given sizes.
     *
     * @throws InvalidArgumentException if a size is negative or their product exceeds a {@code long}
     */
    public static Shape of(long... sizes) {
        if (sizes.length == 0) {
            return SCALAR;
        }
        for (long size : sizes) {
            if (size < 0) {
                throw new InvalidArgumentException("[shape] expected sizes >= 0, got " + Arrays.toString(sizes)
                        + "; only reshape and expand infer a size from -1");
            }
        }
        try {
            return new Shape(sizes.clone());
        } catch (ArithmeticException e) {
            throw new InvalidArgumentException("[shape] expected fewer than 2^63 elements, got " + Arrays.toString(sizes)
                    + "; use smaller sizes");
        }
    }

    /** Returns the number of dimensions. */
    public int rank() {
        return sizes.length;
    }

    /** Returns the number of elements; 1 for a scalar. */
    public long elements() {
        return elements;
    }

    /**
     * Returns the size of a dimension.
     *
     * @param dim in [-rank, rank); negative values count from the end
     * @throws InvalidArgumentException if {@code dim} is out of range
     */
    public long size(int dim) {
        return sizes[dim("shape", dim)];
    }

    /** Returns a fresh array with the sizes. */
    public long[] toArray() {
        return sizes.clone();
    }

    /**
     * Returns {@code dim} counted from the front.
     *
     * @param operation the operation to name in the error
     * @param dim in [-rank, rank); of a scalar 0 and -1 are accepted, as in PyTorch, and give 0
     * @throws InvalidArgumentException if {@code dim} is out of range
     */
    public int dim(String operation, int dim) {
        int rank = Math.max(1, sizes.length);
        if (dim < -rank || dim >= rank) {
            throw new InvalidArgumentException("[" + operation + "] expected a dimension in [" + -rank + ", " + (rank - 1)
                    + "] for shape " + this + ", got " + dim + "; negative dimensions count from the end");
        }
        return dim < 0 ? dim + rank : dim;
    }

    /** Returns this shape with the size of one dimension (counted from the front) replaced. */
    public Shape with(int dim, long size) {
        long[] changed = sizes.clone();
        changed[dim] = size;
        return of(changed);
    }

    /** Returns this shape without one dimension (counted from the front). */
    public Shape without(int dim) {
        long[] changed = new long[sizes.length - 1];
        System.arraycopy(sizes, 0, changed, 0, dim);
        System.arraycopy(sizes, dim + 1, changed, dim, changed.length - dim);
        return of(changed);
    }

    /**
     * Returns the shape that both shapes broadcast to: aligned at the last dimension, sizes agree or one of them is 1.
     *
     * @param operation the operation to name in the error
     * @throws ShapeMismatchException if they do not broadcast
     */
    public static Shape broadcast(String operation, Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        long[] result = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long x = i <= a.rank() ? a.sizes[a.rank() - i] : 1;
            long y = i <= b.rank() ? b.sizes[b.rank() - i] : 1;
            if (x != y && x != 1 && y != 1) {
                throw new ShapeMismatchException("[" + operation + "] expected shapes that broadcast, got " + a + " and " + b
                        + "; they differ at dimension " + -i + " and neither size there is 1");
            }
            result[rank - i] = x == 1 ? y : x;
        }
        return of(result);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** Returns the sizes in brackets, for example {@code [32, 10]}. */
    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
