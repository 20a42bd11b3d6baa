// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import static dev.ashlar.internal.tensor.Tape.of;

import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.Shape;
import dev.ashlar.type.ShapeMismatchException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolution over two dimensions as one product of the weight with strided windows; no window is ever copied. The convolution, its
 * gradient for the input and its gradient for the weight are linear in both operands and are each other's gradients, so the three of
 * them can be differentiated any number of times.
 */
public final class Convolution {
    private static final String NAME = "conv2d";

    private final Grid grid;
    private final int groups;

    private Convolution(Grid grid, int groups) {
        this.grid = grid;
        this.groups = groups;
    }

    /** See {@link dev.ashlar.ConvolutionOps#conv2d(Tensor, Tensor, int[], int[], int[], int)}. */
    public static Tensor conv2d(
            Tensor input, Tensor weight, @Nullable Tensor bias, int[] stride, int[] padding, int[] dilation, int groups) {
        if (input.shape().rank() == 3) {
            return conv2d(input.unsqueeze(0), weight, bias, stride, padding, dilation, groups).squeeze(0);
        }
        Shape in = input.shape();
        Shape kernel = weight.shape();
        if (kernel.rank() != 4) {
            throw new ShapeMismatchException("[conv2d] expected a weight of shape [outputs, inputs / groups, rows, columns], got "
                    + kernel + "; add missing dimensions with unsqueeze");
        }
        if (in.rank() != 4) {
            throw new ShapeMismatchException("[conv2d] expected an input of shape [batch, channels, rows, columns] or one without"
                    + " batch, got " + in + "; add missing dimensions with unsqueeze");
        }
        if (groups < 1 || kernel.size(0) % groups != 0) {
            throw new InvalidArgumentException("[conv2d] expected groups that divide the " + kernel.size(0) + " outputs, got " + groups);
        }
        if (in.size(1) != kernel.size(1) * groups) {
            throw new ShapeMismatchException("[conv2d] expected " + kernel.size(1) * groups + " input channels for a weight of shape "
                    + kernel + " and " + groups + (groups == 1 ? " group" : " groups") + ", got shape " + in
                    + "; the channels are the dimension before rows and columns");
        }
        if (bias != null && !bias.shape().equals(Shape.of(kernel.size(0)))) {
            throw new ShapeMismatchException("[conv2d] expected a bias of shape [" + kernel.size(0) + "], one number per output, got "
                    + bias.shape());
        }
        Grid grid = Grid.of(NAME, new long[] {kernel.size(2), kernel.size(3)}, stride, padding, dilation);
        grid.checkFits(NAME, in);
        DType type = DType.promote(input.dtype(), weight.dtype());
        Tensor offset = bias == null ? null : Primitives.onDeviceOf(NAME, input, bias).to(type);
        return new Convolution(grid, groups).forward(input.to(type), Primitives.onDeviceOf(NAME, input, weight).to(type), offset);
    }

    /** [N, C, H, W] and [O, C / groups, kh, kw] give [N, O, rows, columns]. */
    private Tensor forward(Tensor x, Tensor w, @Nullable Tensor bias) {
        Tensor y = product(grid.windows(grouped(x, 1), false), grouped(w, 0));
        if (bias != null) {
            long[] sizes = new long[y.shape().rank() - 1];
            Arrays.fill(sizes, 1);
            sizes[sizes.length - 3] = bias.numel() / groups;
            if (groups > 1) {
                sizes[0] = groups;
            }
            y = Primitives.binary(NAME, dev.ashlar.spi.ScalarOp.ADD, y, Primitives.reshape(bias, Shape.of(sizes)));
        }
        Shape in = x.shape();
        Shape kernel = w.shape();
        return Tape.record(
                NAME,
                ungrouped(y, 1),
                bias == null ? of(x, w) : of(x, w, bias),
                of(x, w),
                (g, s) -> inputGradient(g, s[1], in),
                (g, s) -> weightGradient(s[0], g, kernel),
                (g, _) -> g.sum(new int[] {0, 2, 3}, false));
    }

    /** The convolution of the spread gradient with the flipped weight, inputs and outputs exchanged. */
    private Tensor inputGradient(Tensor g, Tensor w, Shape in) {
        Tensor kernels = grouped(w, 0);
        int rank = kernels.shape().rank();
        int[] order = new int[rank];
        Arrays.setAll(order, i -> i);
        order[rank - 4] = rank - 3;
        order[rank - 3] = rank - 4;
        Tensor back = Primitives.flip(Primitives.permute(kernels, order), new int[] {rank - 2, rank - 1});
        Tensor y = product(grid.windowsBack(grouped(g, 1), in), back);
        Shape kernel = w.shape();
        return Tape.record(
                "conv2dInputGradient",
                ungrouped(y, 1),
                of(g, w),
                of(g, w),
                (v, s) -> forward(v, s[1], null),
                (v, s) -> weightGradient(v, s[0], kernel));
    }

    /** The product of gradient and windows, summed over batch and positions. */
    private Tensor weightGradient(Tensor x, Tensor g, Shape kernel) {
        Tensor windows = grid.windows(grouped(x, 1), false);
        Tensor outputs = grouped(g, 1);
        Tensor y = groups == 1
                ? Primitives.contract(
                        NAME,
                        Primitives.permute(outputs, new int[] {1, 0, 2, 3}),
                        Primitives.permute(windows, new int[] {0, 2, 3, 1, 4, 5}),
                        0,
                        1,
                        3,
                        3)
                : Primitives.contract(
                        NAME,
                        Primitives.permute(outputs, new int[] {1, 2, 0, 3, 4}),
                        Primitives.permute(windows, new int[] {1, 0, 3, 4, 2, 5, 6}),
                        1,
                        1,
                        3,
                        3);
        Shape in = x.shape();
        return Tape.record(
                "conv2dWeightGradient",
                ungrouped(y, 0),
                of(x, g),
                of(x, g),
                (v, s) -> inputGradient(s[1], v, in),
                (v, s) -> forward(s[0], v, null));
    }

    /**
     * Multiplies every image with the weight, which is not repeated in memory. An image at a time leaves the result row-major, so
     * what follows the convolution becomes the product's epilogue.
     *
     * @param windows [N, (groups,) S, rows, columns, kh, kw]
     * @param kernels [(groups,) R, S, kh, kw]
     * @return [N, (groups,) R, rows, columns]
     */
    private Tensor product(Tensor windows, Tensor kernels) {
        int batch = groups == 1 ? 1 : 2;
        long[] sizes = kernels.shape().toArray();
        long[] repeated = new long[sizes.length + 1];
        repeated[0] = windows.shape().size(0);
        System.arraycopy(sizes, 0, repeated, 1, sizes.length);
        int[] order = new int[batch + 5];
        Arrays.setAll(order, i -> i <= batch ? i : i <= batch + 2 ? i + 2 : i - 2);
        return Primitives.contract(
                NAME, Primitives.expand(kernels, Shape.of(repeated)), Primitives.permute(windows, order), batch, 1, 2, 3);
    }

    /** Splits the groups off a dimension if there are several; the result has no history. */
    private Tensor grouped(Tensor x, int dim) {
        Tensor plain = Primitives.detached(x);
        if (groups == 1) {
            return plain;
        }
        long[] sizes = x.shape().toArray();
        long[] split = new long[sizes.length + 1];
        System.arraycopy(sizes, 0, split, 0, dim);
        split[dim] = groups;
        split[dim + 1] = sizes[dim] / groups;
        System.arraycopy(sizes, dim + 1, split, dim + 2, sizes.length - dim - 1);
        return Primitives.reshape(plain, Shape.of(split));
    }

    private Tensor ungrouped(Tensor y, int dim) {
        if (groups == 1) {
            return y;
        }
        long[] merged = y.shape().without(dim).toArray();
        merged[dim] *= groups;
        return Primitives.reshape(y, Shape.of(merged));
    }
}
