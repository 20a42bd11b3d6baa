// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Means and norms of windows over one to three dimensions. */
public final class Averaging {
    private Averaging() {}

    private static final int[] NEIGHBOURS = {1};

    /** See {@link dev.ashlar.PoolingOps#avgPool2d(int[], int[], int[], boolean, boolean, Long)}. */
    public static Tensor mean(
            int rank,
            Tensor input,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            @Nullable Long divisor) {
        String name = "avgPool" + rank + "d";
        if (input.dtype() == DType.BOOL) {
            throw new DTypeMismatchException("[" + name + "] expected numbers, got bool; cast it, for example with to(DType.FLOAT32)");
        }
        if (divisor != null && divisor == 0) {
            throw new InvalidArgumentException("[" + name + "] expected a divisor that is not 0, got 0; pass null for the window's size");
        }
        Tensor x = Pooling.batched(name, rank, input);
        Grid grid = Grid.pooling(name, rank, kernel, stride, padding, NEIGHBOURS);
        if (ceilMode) {
            grid = grid.ceiling(x.shape());
        }
        grid.checkFits(name, x.shape());
        Tensor y = divided(name, sum(name, grid, x), divisor(grid, x, countIncludePad, divisor));
        y = y.to(x.dtype());
        return x == input ? y : y.squeeze(0);
    }

    /** See {@link dev.ashlar.PoolingOps#avgPool2dBackward}. */
    public static Tensor meanBackward(
            Tensor gradient,
            Tensor input,
            int[] kernel,
            int @Nullable [] stride,
            int[] padding,
            boolean ceilMode,
            boolean countIncludePad,
            @Nullable Long divisor) {
        String name = "avgPool2dBackward";
        Tensor x = Pooling.batched(name, 2, input);
        Grid grid = Grid.pooling(name, 2, kernel, stride, padding, NEIGHBOURS);
        if (ceilMode) {
            grid = grid.ceiling(x.shape());
        }
        grid.checkFits(name, x.shape());
        Tensor g = Pooling.batched(name, 2, gradient);
        Shape in = x.shape();
        Shape out = Shape.of(in.size(0), in.size(1), grid.windows(0, in.size(2)), grid.windows(1, in.size(3)));
        if (!g.shape().equals(out)) {
            throw new ShapeMismatchException("[" + name + "] expected a gradient of shape " + out + ", one number per window, got "
                    + gradient.shape() + "; use the windows of the forward call");
        }
        Tensor y = spread(name, grid, divided(name, g, divisor(grid, x, countIncludePad, divisor)), in);
        return x == input ? y : y.squeeze(0);
    }

    private static Tensor divided(String name, Tensor sum, Tensor divisor) {
        Tensor count = divisor.to(sum.dtype());
        // Of integers the mean is truncated; they have no gradient.
        return sum.dtype().isFloatingPoint() ? sum.div(count) : Primitives.binary(name, ScalarOp.DIV, sum, count);
    }

    /** Adds up each window; integers in int64. */
    private static Tensor sum(String name, Grid grid, Tensor x) {
        Shape in = x.shape();
        Tensor y = Primitives.reduce(name, ReduceOp.SUM, grid.windows(x, false), grid.within(2), false);
        return Tape.record(name, y, of(x), of(), (g, _) -> spread(name, grid, g, in));
    }

    /** Gives every element the sum of the gradients of the windows that it is in. */
    private static Tensor spread(String name, Grid grid, Tensor g, Shape in) {
        Tensor y = Primitives.reduce(name, ReduceOp.SUM, grid.windowsBack(g, in), grid.within(2), false);
        return Tape.record(name + "Gradient", y, of(g), of(), (v, _) -> sum(name, grid, v));
    }

    /** Returns what the sums are divided by: a number, or one per window where windows reach over the border. */
    private static Tensor divisor(Grid grid, Tensor x, boolean countIncludePad, @Nullable Long divisor) {
        if (divisor != null) {
            return Primitives.scalarOf(x, divisor, DType.INT64);
        }
        Tensor total = null;
        long constant = 1;
        for (int axis = 0; axis < grid.rank(); axis++) {
            long size = x.shape().size(2 + axis);
            boolean inside = grid.after()[axis] <= grid.before()[axis] && (countIncludePad || grid.before()[axis] == 0);
            if (inside) {
                constant *= grid.kernel()[axis];
                continue;
            }
            long low = countIncludePad ? -grid.before()[axis] : 0;
            long high = countIncludePad ? size + grid.before()[axis] : size;
            long[] along = new long[grid.rank()];
            Arrays.fill(along, 1);
            along[axis] = grid.windows(axis, size);
            Tensor start = Primitives.iota(Shape.of(along), Primitives.runtime(x)).mul(number(x, grid.stride()[axis]))
                    .sub(number(x, grid.before()[axis]));
            Tensor end = start.add(number(x, grid.kernel()[axis]));
            Tensor count = Primitives.binary("avgPool", ScalarOp.MIN, end, number(x, high))
                    .sub(Primitives.binary("avgPool", ScalarOp.MAX, start, number(x, low)));
            total = total == null ? count : total.mul(count);
        }
        return total == null ? number(x, constant) : total.mul(number(x, constant));
    }

    private static Tensor number(Tensor like, long value) {
        return Primitives.scalarOf(like, value, DType.INT64);
    }

    /** See {@link dev.ashlar.PoolingOps#lpPool2d(double, int[], int[], boolean)}. */
    public static Tensor norm(int rank, Tensor input, double normType, int[] kernel, int @Nullable [] stride, boolean ceilMode) {
        String name = "lpPool" + rank + "d";
        if (!input.dtype().isFloatingPoint()) {
            throw new DTypeMismatchException("[" + name + "] expected a floating-point input, got " + input.dtype()
                    + "; cast it, for example with to(DType.FLOAT32)");
        }
        if (normType == 0) {
            throw new InvalidArgumentException("[" + name + "] expected a norm type that is not 0, got 0; use 1 for sums, 2 for lengths");
        }
        Tensor x = Pooling.batched(name, rank, input);
        Grid grid = Grid.pooling(name, rank, kernel, stride, new int[] {0}, NEIGHBOURS);
        if (ceilMode) {
            grid = grid.ceiling(x.shape());
        }
        grid.checkFits(name, x.shape());
        // As in PyTorch the sum is the mean times a whole window, also where a window is cut off at the end.
        Tensor mean = divided(name, sum(name, grid, x.pow(normType)), divisor(grid, x, true, null));
        Tensor y = mean.sign().mul(mean.abs().relu()).mul((double) grid.count()).pow(1 / normType);
        return x == input ? y : y.squeeze(0);
    }
}
