// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Tensor;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;

/** Integrals of samples by the trapezoidal rule. */
public final class Integrals {
    private Integrals() {}

    /** Returns a dimension counted from the front; throws for scalars. */
    private static int line(Tensor y, int dim) {
        if (y.shape().rank() == 0) {
            throw new ShapeMismatchException("[trapezoid] expected at least one dimension, got a scalar; reshape it to [1]");
        }
        return y.shape().dim("trapezoid", dim);
    }

    /** Returns integrals by the trapezoidal rule between points at equal distances. */
    public static Tensor trapezoid(Tensor y, double dx, int dim) {
        int at = line(y, dim);
        long n = y.shape().size(at);
        if (n == 0) {
            return Primitives.full(y.shape().without(at), 0.0, y.dtype(), Primitives.runtime(y));
        }
        Tensor ends = y.select(at, 0).add(y.select(at, n - 1)).mul(0.5);
        return Primitives.inner(y.sum(at).sub(ends)).mul(dx);
    }

    /** Returns integrals by the trapezoidal rule between given points; see {@link Tensor#trapezoid(Tensor, int)}. */
    public static Tensor trapezoid(Tensor y, Tensor x, int dim) {
        int at = line(y, dim);
        long n = y.shape().size(at);
        Tensor points = x;
        if (x.shape().rank() == 1) {
            if (x.numel() != n) {
                throw new ShapeMismatchException("[trapezoid] expected a point for each of the " + n + " values, got shape " + x.shape()
                        + "; give one more point than there are intervals");
            }
            long[] sizes = new long[y.shape().rank()];
            Arrays.fill(sizes, 1);
            sizes[at] = n;
            points = x.reshape(sizes);
        }
        while (points.shape().rank() < y.shape().rank()) {
            points = points.unsqueeze(0);
        }
        int axis = points.shape().rank() - y.shape().rank() + at;
        Tensor widths = neighbour(points, axis, 1).sub(neighbour(points, axis, 0));
        Tensor pairs = neighbour(y, at, 0).add(neighbour(y, at, 1));
        Tensor areas = widths.mul(pairs);
        return areas.sum(at - y.shape().rank()).div(2.0);
    }

    /** Returns the left (0) or right (1) elements of all pairs of neighbours. */
    private static Tensor neighbour(Tensor x, int dim, int right) {
        long n = x.shape().size(dim);
        return x.narrow(dim, Math.min(right, n), Math.max(0, n - 1));
    }
}
