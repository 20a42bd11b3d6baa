// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.spi.ReduceOp;
import dev.ashlar.spi.ScalarOp;
import dev.ashlar.type.DType;
import dev.ashlar.type.DTypeMismatchException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;

/** Folds over windows on the last two dimensions of [N, C, H, W] or [C, H, W]. */
public final class Pooling {
    private static final int[] WITHIN = {4, 5};

    private final String name;
    private final Grid grid;

    private Pooling(String name, Grid grid) {
        this.name = name;
        this.grid = grid;
    }

    private static Tensor batched(String name, Tensor x) {
        int rank = x.shape().rank();
        if (rank != 3 && rank != 4) {
            throw new ShapeMismatchException("[" + name + "] expected an input of shape [batch, channels, rows, columns] or one without"
                    + " batch, got " + x.shape() + "; add missing dimensions with unsqueeze");
        }
        return rank == 3 ? x.unsqueeze(0) : x;
    }

    // ---- largest ----------------------------------------------------------------------------------------------------------------

    /** See {@link dev.ashlar.ConvolutionOps#maxPool2d(int[], int[], int[], int[])}. */
    public static Tensor max(Tensor input, int[] kernel, int[] stride, int[] padding, int[] dilation) {
        Tensor x = batched("maxPool2d", input);
        Grid grid = Grid.of("maxPool2d", Grid.longs(kernel), stride, padding, dilation);
        grid.checkHalf("maxPool2d");
        grid.checkFits("maxPool2d", x.shape());
        Tensor y = new Pooling("maxPool2d", grid).max(x);
        return x == input ? y : y.squeeze(0);
    }

    private Tensor max(Tensor x) {
        Tensor y = Primitives.reduce(name, ReduceOp.MAX, grid.windows(x, true), WITHIN, false);
        Shape in = x.shape();
        return Tape.record(name, y, of(x), of(x), (g, s) -> {
            Shape planes = Shape.of(in.size(0), in.size(1), in.size(2) * in.size(3));
            long positions = g.shape().size(2) * g.shape().size(3);
            Tensor index = firstLargest(s[0]).reshape(in.size(0), in.size(1), positions);
            Tensor zeros = Primitives.full(planes, 0.0, g.dtype(), Primitives.runtime(g));
            return Indexed.add(name, zeros, 2, index, g.reshape(index.shape().toArray())).reshape(in.toArray());
        });
    }

    /** Returns for each window where in its plane, row-major, the first of its largest elements lies. */
    private Tensor firstLargest(Tensor x) {
        Tensor within = Primitives.reduce(name, ReduceOp.ARGMAX, grid.windows(x, true), WITHIN, false);
        Shape out = within.shape();
        Tensor columns = Primitives.scalarOf(within, grid.kernel()[1], DType.INT64);
        Tensor rowStart = Primitives.iota(Shape.of(out.size(2), 1), Primitives.runtime(x));
        Tensor columnStart = Primitives.iota(Shape.of(out.size(3)), Primitives.runtime(x));
        Tensor row = place(Primitives.binary(name, ScalarOp.DIV, within, columns), rowStart, 0);
        Tensor column = place(Primitives.binary(name, ScalarOp.REM, within, columns), columnStart, 1);
        return row.mul(x.shape().size(3)).add(column);
    }

    private Tensor place(Tensor within, Tensor window, int axis) {
        long dilation = grid.dilation()[axis];
        Tensor place = within.mul(dilation).add(window.mul(grid.stride()[axis]).sub(grid.padding()[axis]));
        if (grid.padding()[axis] == 0) {
            return place;
        }
        // Only a window of nothing but -inf finds its maximum in the padding; its first element inside counts then.
        Tensor inside = place.remainder(Primitives.scalarOf(place, dilation, DType.INT64));
        return place.lt(0).where(inside, place);
    }

    // ---- mean -------------------------------------------------------------------------------------------------------------------

    /** See {@link dev.ashlar.ConvolutionOps#avgPool2d(int[], int[], int[])}. */
    public static Tensor mean(Tensor input, int[] kernel, int[] stride, int[] padding) {
        if (input.dtype() == DType.BOOL) {
            throw new DTypeMismatchException("[avgPool2d] expected numbers, got bool; cast it, for example with to(DType.FLOAT32)");
        }
        Tensor x = batched("avgPool2d", input);
        Grid grid = Grid.of("avgPool2d", Grid.longs(kernel), stride, padding, new int[] {1, 1});
        grid.checkHalf("avgPool2d");
        grid.checkFits("avgPool2d", x.shape());
        Tensor y = new Pooling("avgPool2d", grid).mean(x);
        return x == input ? y : y.squeeze(0);
    }

    private Tensor mean(Tensor x) {
        Shape in = x.shape();
        return Tape.record(name, divided(grid.windows(x, false)), of(x), of(), (g, _) -> spread(g, in));
    }

    /** Gives every element the sum of the gradients of the windows that it is in. */
    private Tensor spread(Tensor g, Shape in) {
        return Tape.record("avgPool2dGradient", divided(grid.windowsBack(g, in)), of(g), of(), (v, _) -> mean(v));
    }

    private Tensor divided(Tensor windows) {
        Tensor sum = Primitives.reduce(name, ReduceOp.SUM, windows, WITHIN, false);
        Tensor mean = Primitives.binary(name, ScalarOp.DIV, sum, Primitives.scalarOf(sum, grid.count(), sum.dtype()));
        return mean.dtype() == windows.dtype() ? mean : Primitives.cast(mean, windows.dtype());
    }
}
